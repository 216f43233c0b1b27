namespace Quartier.Client.Cities;

/// <summary>Open alerts.</summary>
/// <param name="Raised">Nobody has acknowledged them.</param>
/// <param name="Acknowledged">Somebody has.</param>
public sealed record AlertCounts(
    int Raised,
    int Acknowledged);
