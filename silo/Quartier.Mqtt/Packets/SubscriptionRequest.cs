namespace Quartier.Mqtt.Packets;

/// <summary>One line of a SUBSCRIBE.</summary>
/// <param name="Filter">The topic filter.</param>
/// <param name="Limits">Success, or why the endpoint's limits refuse the filter.</param>
/// <param name="Qos">The maximum quality of service asked for.</param>
/// <param name="NoLocal">Own messages do not come back.</param>
/// <param name="RetainAsPublished">The retain flag is passed on.</param>
/// <param name="RetainHandling">0: send retained messages; 1: only for a new subscription; 2: never.</param>
internal readonly record struct SubscriptionRequest(
    string Filter, ReasonCode Limits, QualityOfService Qos, bool NoLocal, bool RetainAsPublished, byte RetainHandling);
