namespace Quartier.Gateway.Replay;

/// <summary>One MQTT message made from the city's files.</summary>
/// <param name="TimeMs">Phenomenon time, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Gateway">Third level of the topic; one connection each.</param>
/// <param name="Sensor">Last level of the topic.</param>
/// <param name="Payload">JSON, UTF-8.</param>
/// <param name="Readings">How many property values it offers, at least 1.</param>
public sealed record ReplayMessage(long TimeMs, string Gateway, string Sensor, byte[] Payload, int Readings);
