namespace Quartier.Api.Native.Policies;

/// <summary>What holds in a district, and where each entry comes from.</summary>
/// <param name="District">Id of the district.</param>
/// <param name="Version">As decisions name it.</param>
/// <param name="CityVersion">Version of the city's document; 0 for none.</param>
/// <param name="DistrictVersion">Version of the district's document; 0 for none.</param>
/// <param name="Entries">Each entry in one line.</param>
/// <param name="Personal">Grants and denials of single persons, which are shown to officers alone.</param>
internal sealed record EffectivePolicyItem(
    string District, string Version, long CityVersion, long DistrictVersion, PolicyEntryItem[] Entries, int Personal);
