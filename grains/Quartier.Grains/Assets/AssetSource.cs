using Quartier.Contracts.Registry;

namespace Quartier.Grains.Assets;

/// <summary>A datastream that feeds an asset.</summary>
/// <param name="Gateway">The sensor's gateway.</param>
/// <param name="Sensor">The sensor.</param>
/// <param name="Datastream">The datastream.</param>
internal sealed record AssetSource(string Gateway, string Sensor, DatastreamDefinition Datastream);
