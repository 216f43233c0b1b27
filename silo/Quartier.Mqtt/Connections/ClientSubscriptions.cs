using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Connections;

/// <summary>What one client has subscribed to; created with its first SUBSCRIBE.</summary>
internal sealed class ClientSubscriptions(MqttEndpoint endpoint, IIngestSession session, OutboundFlow outbound, ProtocolVersion version)
{
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);

    /// <summary>SUBSCRIBE (section 3.8.4): one reason code for each filter, and the retained messages to send after SUBACK.</summary>
    public ReasonCode[] Subscribe(SubscribePacket packet, List<Delivery> retained)
    {
        var reasons = new ReasonCode[packet.Requests.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = Subscribe(packet.Requests[i], packet, retained);
        }

        return reasons;
    }

    /// <summary>UNSUBSCRIBE (section 3.10.4): one reason code for each filter.</summary>
    public ReasonCode[] Unsubscribe(UnsubscribePacket packet)
    {
        var reasons = new ReasonCode[packet.Filters.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            var known = _filters.Remove(packet.Filters[i]) && endpoint.Subscriptions.Remove(packet.Filters[i], outbound);
            reasons[i] = known ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted;
        }

        return reasons;
    }

    /// <summary>The session ends.</summary>
    public void RemoveAll()
    {
        foreach (var filter in _filters)
        {
            endpoint.Subscriptions.Remove(filter, outbound);
        }

        _filters.Clear();
    }

    private ReasonCode Subscribe(SubscriptionRequest request, SubscribePacket packet, List<Delivery> retained)
    {
        var filter = request.Filter;
        if (filter.StartsWith(TopicFilter.SharedPrefix, StringComparison.Ordinal))
        {
            return RefuseShared();
        }

        if (request.Limits != ReasonCode.Success)
        {
            return request.Limits;
        }

        var isKnown = _filters.Contains(filter);
        var options = endpoint.Options;
        if (!isKnown && (_filters.Count >= options.MaxSubscriptionsPerClient || endpoint.Subscriptions.Count >= options.MaxSubscriptions))
        {
            return ReasonCode.QuotaExceeded;
        }

        var granted = session.MaySubscribe(filter, request.Qos);
        if (granted >= ReasonCode.UnspecifiedError)
        {
            return granted;
        }

        var qos = (QualityOfService)Math.Min((byte)granted, (byte)request.Qos);
        uint[] identifiers = packet.Identifier == 0 ? [] : [packet.Identifier];
        _filters.Add(filter);
        var subscription = new Subscription(qos, request.NoLocal, request.RetainAsPublished, identifiers, packet.Purpose);
        endpoint.Subscriptions.Set(filter, outbound, subscription);

        // [MQTT-3.3.1-9], [MQTT-3.3.1-10], [MQTT-3.3.1-11]
        if (request.RetainHandling == 0 || (request.RetainHandling == 1 && !isKnown))
        {
            foreach (var message in endpoint.Retained.Find(filter, endpoint.NowMs))
            {
                retained.Add(new Delivery(message, message.Qos < qos ? message.Qos : qos, Retain: true, identifiers, packet.Purpose)); // [MQTT-3.3.1-8]
            }
        }

        return (ReasonCode)qos;
    }

    /// <summary>CONNACK has said that there are none: using one is a protocol error (section 3.2.2.3.13). 3.1.1 was told nothing.</summary>
    private ReasonCode RefuseShared() => version == ProtocolVersion.V5
        ? throw new MqttProtocolException(ReasonCode.SharedSubscriptionsNotSupported, "Shared subscriptions are not supported.")
        : ReasonCode.SharedSubscriptionsNotSupported;
}
