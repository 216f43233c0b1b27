namespace Quartier.Client.Policies;

/// <summary>How far someone reaches at a datastream.</summary>
/// <param name="Sensor">The finest resolution of a sensor's own values; null for none.</param>
/// <param name="Cell">The finest resolution of aggregates over cells; null for none.</param>
/// <param name="Until">When it ends; null for never.</param>
public sealed record PolicyReach(
    string? Sensor,
    string? Cell,
    DateTimeOffset? Until);
