namespace Quartier.Client.Cities;

/// <summary>A city with its offices and asset types.</summary>
/// <param name="Id">Id in paths and topics.</param>
/// <param name="Name">For people.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Clock"><c>wall</c> or <c>replay</c>.</param>
/// <param name="Version">Of its registry.</param>
/// <param name="Now">What counts as now; null before the first reading of a replay.</param>
/// <param name="Attributions">Who must be named wherever its data are shown.</param>
/// <param name="Offices">Its offices.</param>
/// <param name="AssetTypes">Kinds of its assets.</param>
public sealed record CityDetail(
    string Id,
    string Name,
    string TimeZone,
    string Clock,
    long Version,
    DateTimeOffset? Now,
    IReadOnlyList<string> Attributions,
    IReadOnlyList<Office> Offices,
    IReadOnlyList<AssetType> AssetTypes);
