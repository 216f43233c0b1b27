using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Messages;

/// <summary>One message as one subscriber gets it.</summary>
/// <param name="Message">What.</param>
/// <param name="Qos">The lower of the message's and the subscription's [MQTT-3.8.4-8].</param>
/// <param name="Retain">The retain flag as the subscriber sees it.</param>
/// <param name="SubscriptionIds">The identifiers of the subscriptions that match; empty for none.</param>
/// <param name="Purpose">What the subscription states it is wanted for, or null.</param>
internal readonly record struct Delivery(Message Message, QualityOfService Qos, bool Retain, uint[] SubscriptionIds, string? Purpose);
