using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// Brings messages to their subscribers and into the retained messages. A publication that nobody has subscribed to
/// costs one comparison, and is not copied.
/// </summary>
internal sealed class MessageRouter(
    SubscriptionTree<OutboundFlow> subscriptions, RetainedMessages retained, MqttCounters counters, Func<long> nowMs)
{
    private static readonly Comparison<SubscriptionMatch<OutboundFlow>> BySubscriber =
        static (a, b) => a.Subscriber.Order.CompareTo(b.Subscriber.Order) is var order && order != 0
            ? order
            : string.CompareOrdinal(a.Subscription.Purpose, b.Subscription.Purpose);

    /// <summary>Routes what the ingest has not refused; the publisher matters for no-local.</summary>
    public void Route(InboundBatch batch, OutboundFlow? publisher)
    {
        var publishes = batch.Publishes;
        var reasons = batch.Reasons.Span;
        for (var i = 0; i < publishes.Length; i++)
        {
            ref readonly var publish = ref publishes[i];
            if (reasons[i] >= ReasonCode.UnspecifiedError || (!publish.Retain && subscriptions.Count == 0))
            {
                continue;
            }

            Message? message = null;
            if (publish.Retain)
            {
                message = Message.CopyOf(publish, nowMs());
                if (!retained.TrySet(message, nowMs()))
                {
                    counters.RetainRefused();
                    reasons[i] = ReasonCode.QuotaExceeded;
                }
            }

            if (subscriptions.Count > 0)
            {
                subscriptions.Match(publish.Topic.Span, batch.Matches);
                if (batch.Matches.Count > 0)
                {
                    Deliver(message ?? Message.CopyOf(publish, nowMs()), publisher, batch);
                    batch.Matches.Clear();
                }
            }
        }

        foreach (var subscriber in batch.Touched)
        {
            subscriber.Flush();
        }

        batch.Touched.Clear();
    }

    private static void Deliver(Message message, OutboundFlow? publisher, InboundBatch batch)
    {
        var matches = batch.Matches;
        if (matches.Count > 1)
        {
            matches.Sort(BySubscriber);
        }

        for (int start = 0, end; start < matches.Count; start = end)
        {
            var subscriber = matches[start].Subscriber;
            end = start + 1;
            var purpose = matches[start].Subscription.Purpose;
            while (end < matches.Count
                && ReferenceEquals(matches[end].Subscriber, subscriber)
                && string.Equals(matches[end].Subscription.Purpose, purpose, StringComparison.Ordinal))
            {
                end++;
            }

            DeliverOnce(message, subscriber, matches, start..end, ReferenceEquals(subscriber, publisher), batch.Touched);
        }
    }

    /// <summary>
    /// One copy however many of the subscriber's filters match for the same purpose, at the highest quality of service among them [MQTT-3.3.4-2].
    /// Another purpose is another permission, and hence another copy (section 3.3.4).
    /// </summary>
    private static void DeliverOnce(
        Message message, OutboundFlow subscriber, List<SubscriptionMatch<OutboundFlow>> matches, Range range, bool own, List<OutboundFlow> touched)
    {
        var any = false;
        var qos = QualityOfService.AtMostOnce;
        var retain = false;
        uint[] identifiers = [];
        for (var i = range.Start.Value; i < range.End.Value; i++)
        {
            var subscription = matches[i].Subscription;
            if (own && subscription.NoLocal)
            {
                continue; // [MQTT-3.8.3-3]
            }

            any = true;
            qos = subscription.Qos > qos ? subscription.Qos : qos;
            retain |= subscription.RetainAsPublished && message.Retain; // [MQTT-3.3.1-12], [MQTT-3.3.1-13]
            identifiers = identifiers.Length == 0 ? subscription.Identifiers : [.. identifiers, .. subscription.Identifiers];
        }

        if (any)
        {
            var purpose = matches[range.Start].Subscription.Purpose;
            subscriber.Deliver(new Delivery(message, message.Qos < qos ? message.Qos : qos, retain, identifiers, purpose));
            if (touched.Count == 0 || !ReferenceEquals(touched[^1], subscriber))
            {
                touched.Add(subscriber);
            }
        }
    }
}
