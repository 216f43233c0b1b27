namespace Quartier.Gateway.Replay;

/// <summary>Where a replay is.</summary>
/// <param name="EventTimeMs">Event time that all gateways have reached, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Readings">Property values sent.</param>
/// <param name="OfReadings">Property values in all.</param>
public readonly record struct ReplayProgress(long EventTimeMs, long Readings, long OfReadings);
