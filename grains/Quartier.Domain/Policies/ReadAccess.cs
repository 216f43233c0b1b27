using Quartier.Contracts.Districts;

namespace Quartier.Domain.Policies;

/// <summary>How far someone reaches at a datastream.</summary>
/// <param name="Sensor">The finest resolution of the sensor's own values; null when only cells are given.</param>
/// <param name="Cell">The finest resolution of aggregates over cells.</param>
/// <param name="UntilMs">When the last of it ends, in milliseconds since 1970-01-01T00:00:00Z.</param>
public sealed record ReadAccess(Resolution? Sensor, Resolution? Cell, long UntilMs);
