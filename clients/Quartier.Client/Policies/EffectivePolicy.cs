namespace Quartier.Client.Policies;

/// <summary>What holds in a district.</summary>
/// <param name="District">Id of the district.</param>
/// <param name="Version">As decisions name it.</param>
/// <param name="CityVersion">Version of the city's document; 0 for none.</param>
/// <param name="DistrictVersion">Version of the district's document; 0 for none.</param>
/// <param name="Entries">Each entry.</param>
/// <param name="Personal">Grants and denials of single persons, shown to officers alone.</param>
public sealed record EffectivePolicy(
    string District,
    string Version,
    long CityVersion,
    long DistrictVersion,
    IReadOnlyList<PolicyEntry> Entries,
    int Personal);
