using Quartier.Contracts.Districts;

namespace Quartier.Contracts.Policies;

/// <summary>How far someone reaches at a datastream.</summary>
/// <param name="Sensor">The finest resolution of the sensor's own values; null when only cells are given.</param>
/// <param name="Cell">The finest resolution of aggregates over cells; null when none are given.</param>
/// <param name="UntilMs">When the last of it ends, in milliseconds since 1970-01-01T00:00:00Z.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyReach")]
public sealed record PolicyReach([property: Id(0)] Resolution? Sensor, [property: Id(1)] Resolution? Cell, [property: Id(2)] long UntilMs);
