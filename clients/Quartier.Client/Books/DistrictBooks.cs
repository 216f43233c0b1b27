namespace Quartier.Client.Books;

/// <summary>What arrived for a district.</summary>
/// <param name="Id">Id of the district.</param>
/// <param name="Received">What arrived.</param>
/// <param name="Stored">Of this, stored.</param>
/// <param name="Duplicate">Of this, known already.</param>
/// <param name="Refused">Of this, refused, by reason.</param>
/// <param name="Balanced">True when the sum is right.</param>
public sealed record DistrictBooks(
    string Id,
    long Received,
    long Stored,
    long Duplicate,
    IReadOnlyDictionary<string, long> Refused,
    bool Balanced);
