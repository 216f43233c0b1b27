namespace Quartier.Contracts.Policies;

/// <summary>What holds in one district: its own document merged over its city's.</summary>
/// <param name="CityVersion">Version of the city's document in force; 0 when there is none.</param>
/// <param name="DistrictVersion">Version of the district's document in force; 0 when there is none.</param>
/// <param name="Merged">The merged document; its district is set.</param>
[GenerateSerializer, Immutable, Alias("quartier.EffectivePolicy")]
public sealed record EffectivePolicy(
    [property: Id(0)] long CityVersion, [property: Id(1)] long DistrictVersion, [property: Id(2)] PolicyDefinition Merged)
{
    /// <summary>How decisions and the ledger name it.</summary>
    public string Version => FormattableString.Invariant($"city {CityVersion}, district {DistrictVersion}");
}
