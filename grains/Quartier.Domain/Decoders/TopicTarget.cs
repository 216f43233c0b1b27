namespace Quartier.Domain.Decoders;

/// <summary>Whose a topic is.</summary>
/// <param name="Sensor">Id of the sensor, as the registry or the topic has it; empty for a topic that is passed over.</param>
/// <param name="Device">What the topic calls the device; null when it does not name it.</param>
/// <param name="Property">The property of which the topic tells; null for none.</param>
/// <param name="IsIgnored">Whether messages in it are passed over.</param>
public sealed record TopicTarget(string Sensor, string? Device, string? Property, bool IsIgnored);
