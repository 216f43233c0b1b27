using System.Collections.Immutable;

namespace Quartier.Contracts.Sensors;

/// <summary>A sensor's live state.</summary>
/// <param name="RegistryVersion">Of the definition that the indexes refer to; 0 when the sensor is not registered.</param>
/// <param name="Datastreams">In the order of the definition.</param>
[GenerateSerializer, Immutable, Alias("quartier.SensorState")]
public sealed record SensorState([property: Id(0)] long RegistryVersion, [property: Id(1)] ImmutableArray<DatastreamState> Datastreams);
