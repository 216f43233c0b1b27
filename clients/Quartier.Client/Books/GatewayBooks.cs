namespace Quartier.Client.Books;

/// <summary>What a gateway sent.</summary>
/// <param name="Id">Id of the gateway.</param>
/// <param name="Registered">False for a stranger.</param>
/// <param name="Received">What arrived.</param>
/// <param name="Stored">Of this, stored.</param>
/// <param name="Duplicate">Of this, known already.</param>
/// <param name="Refused">Of this, refused, by reason.</param>
/// <param name="Balanced">True when the sum is right.</param>
public sealed record GatewayBooks(
    string Id,
    bool Registered,
    long Received,
    long Stored,
    long Duplicate,
    IReadOnlyDictionary<string, long> Refused,
    bool Balanced);
