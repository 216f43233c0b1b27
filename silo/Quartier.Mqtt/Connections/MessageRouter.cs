using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Sessions;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// Brings messages to their subscribers and into the retained messages. A publication that nobody has subscribed to
/// costs one comparison, and is not copied.
/// </summary>
internal sealed class MessageRouter(MqttEndpoint endpoint)
{
    private static readonly Comparison<SubscriptionMatch<Subscriber>> BySubscriber =
        static (a, b) => a.Subscriber.Order.CompareTo(b.Subscriber.Order) is var order && order != 0
            ? order
            : string.CompareOrdinal(a.Subscription.Purpose, b.Subscription.Purpose);

    /// <summary>Routes what the ingest has not refused; the publisher matters for no-local.</summary>
    public void Route(InboundBatch batch, Mailbox? publisher)
    {
        var publishes = batch.Publishes;
        var reasons = batch.Reasons.Span;
        for (var i = 0; i < publishes.Length; i++)
        {
            ref readonly var publish = ref publishes[i];
            if (reasons[i] >= ReasonCode.NoMatchingSubscribers || (!publish.Retain && endpoint.Subscriptions.Count == 0))
            {
                continue;
            }

            Message? message = null;
            if (publish.Retain)
            {
                message = Copy(publish);
                reasons[i] = Retain(message, batch.Pending) ? reasons[i] : ReasonCode.QuotaExceeded;
            }

            if (endpoint.Subscriptions.Count > 0)
            {
                endpoint.Subscriptions.Match(publish.Topic.Span, batch.Matches);
                if (batch.Matches.Count > 0)
                {
                    Deliver(message ?? Copy(publish), publisher, batch);
                    batch.Matches.Clear();
                }
            }
        }

        FlushTouched(batch);
    }

    /// <summary>Publishes what the server itself says.</summary>
    public void RouteOwn(Message message)
    {
        var batch = endpoint.Batches.Rent();
        endpoint.Subscriptions.Match(message.Topic, batch.Matches);
        Deliver(message, publisher: null, batch);
        FlushTouched(batch);
        _ = CommitAsync(batch);
    }

    /// <summary>Messages of shared subscriptions whose member has gone for good go to other members (section 4.8.2).</summary>
    public void Share(List<OutgoingEntry> entries)
    {
        var batch = endpoint.Batches.Rent();
        foreach (var entry in entries)
        {
            DeliverShared(entry.Delivery.Message, entry.Group!, batch);
        }

        FlushTouched(batch);
        _ = CommitAsync(batch);
    }

    private Message Copy(in Ingest.IncomingPublish publish) =>
        Message.CopyOf(publish, endpoint.NowMs, (long)endpoint.Options.MaxMessageAge.TotalMilliseconds);

    private async Task CommitAsync(InboundBatch batch)
    {
        try
        {
            if (!batch.Pending.IsEmpty)
            {
                await batch.Pending.CommitAsync(endpoint.Store!).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            // The boundary to the store: what could not be kept is not sent either.
            MqttLog.SessionNotStored(endpoint.Logger, failure, "subscribers");
        }

        endpoint.Batches.Return(batch);
    }

    private bool Retain(Message message, PendingWrites pending)
    {
        if (!endpoint.Retained.TrySet(message, endpoint.NowMs))
        {
            endpoint.Counters.RetainRefused();
            return false;
        }

        if (endpoint.Records is { } records)
        {
            pending.Add(records.KeepRetained(message));
        }

        return true;
    }

    private static void FlushTouched(InboundBatch batch)
    {
        foreach (var subscriber in batch.Touched)
        {
            subscriber.Flush();
        }

        batch.Touched.Clear();
    }

    private static void Deliver(Message message, Mailbox? publisher, InboundBatch batch)
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

            if (subscriber is Mailbox mailbox)
            {
                DeliverOnce(message, mailbox, start..end, ReferenceEquals(subscriber, publisher), batch);
            }
            else
            {
                DeliverShared(message, (SharedGroup)subscriber, batch);
            }
        }
    }

    /// <summary>
    /// One copy however many of the subscriber's filters match for the same purpose, at the highest quality of service among them [MQTT-3.3.4-2].
    /// Another purpose is another permission, and hence another copy (section 3.3.4).
    /// </summary>
    private static void DeliverOnce(Message message, Mailbox subscriber, Range range, bool own, InboundBatch batch)
    {
        var any = false;
        var qos = QualityOfService.AtMostOnce;
        var retain = false;
        uint[] identifiers = [];
        for (var i = range.Start.Value; i < range.End.Value; i++)
        {
            var subscription = batch.Matches[i].Subscription;
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
            var purpose = batch.Matches[range.Start].Subscription.Purpose;
            var delivery = new Delivery(message, message.Qos < qos ? message.Qos : qos, retain, identifiers, purpose);
            Deliver(delivery, subscriber, group: null, batch);
        }
    }

    private static void DeliverShared(Message message, SharedGroup group, InboundBatch batch)
    {
        if (group.Choose(message.Qos) is not { } chosen)
        {
            return; // Nobody of the group is there, and nobody's session keeps it.
        }

        var terms = chosen.Terms;
        var delivery = new Delivery(
            message,
            message.Qos < terms.Qos ? message.Qos : terms.Qos, // [MQTT-4.8.2-3]
            terms.RetainAsPublished && message.Retain,
            terms.Identifiers,
            terms.Purpose);
        Deliver(delivery, chosen.Mailbox, group, batch);
    }

    private static void Deliver(in Delivery delivery, Mailbox subscriber, SharedGroup? group, InboundBatch batch)
    {
        subscriber.Deliver(delivery, group, batch.Pending);
        if (batch.Touched.Count == 0 || !ReferenceEquals(batch.Touched[^1], subscriber))
        {
            batch.Touched.Add(subscriber);
        }
    }
}
