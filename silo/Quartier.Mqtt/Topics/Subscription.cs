using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Topics;

/// <summary>One subscriber's subscription to one filter.</summary>
/// <param name="Qos">The granted quality of service.</param>
/// <param name="NoLocal">Own messages do not come back [MQTT-3.8.3-3].</param>
/// <param name="RetainAsPublished">The retain flag is passed on [MQTT-3.3.1-13].</param>
/// <param name="Identifiers">None or one subscription identifier; in an array because deliveries share it.</param>
/// <param name="Purpose">What the messages are wanted for; null when nothing was stated.</param>
internal sealed record Subscription(QualityOfService Qos, bool NoLocal, bool RetainAsPublished, uint[] Identifiers, string? Purpose);
