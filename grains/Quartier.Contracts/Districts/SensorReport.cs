using System.Collections.Immutable;

namespace Quartier.Contracts.Districts;

/// <summary>What a sensor tells its district when a minute of event time has closed.</summary>
/// <param name="Gateway">The sensor's gateway.</param>
/// <param name="Sensor">The sensor.</param>
/// <param name="LastTimeMs">Phenomenon time of its newest reading, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Minutes">The closed minute windows.</param>
[GenerateSerializer, Immutable, Alias("quartier.SensorReport")]
public sealed record SensorReport(
    [property: Id(0)] string Gateway,
    [property: Id(1)] string Sensor,
    [property: Id(2)] long LastTimeMs,
    [property: Id(3)] ImmutableArray<PropertyAggregate> Minutes);
