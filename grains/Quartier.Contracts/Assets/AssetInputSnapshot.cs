using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Assets;

/// <summary>The newest reading of one datastream bound to an asset.</summary>
/// <param name="Gateway">The sensor's gateway.</param>
/// <param name="Sensor">The sensor.</param>
/// <param name="Property">The datastream's property.</param>
/// <param name="Reading">Its newest reading.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetInputSnapshot")]
public sealed record AssetInputSnapshot(
    [property: Id(0)] string Gateway, [property: Id(1)] string Sensor, [property: Id(2)] string Property, [property: Id(3)] Reading Reading);
