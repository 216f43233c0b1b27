using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Sessions;

/// <summary>SUBSCRIBE and UNSUBSCRIBE (sections 3.8.4 and 3.10.4).</summary>
internal sealed class SessionSubscriptions(MqttEndpoint endpoint)
{
    /// <summary>One reason code for each filter, and the retained messages to send after SUBACK.</summary>
    public ReasonCode[] Subscribe(ClientSession session, IIngestSession ingest, SubscribePacket packet, List<Delivery> retained, PendingWrites pending)
    {
        session.Subscriptions ??= new Dictionary<string, SessionSubscription>(StringComparer.Ordinal);
        var reasons = new ReasonCode[packet.Requests.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = Subscribe(session, ingest, packet.Requests[i], packet, retained);
            if (reasons[i] < ReasonCode.UnspecifiedError && session.IsStored)
            {
                var filter = packet.Requests[i].Filter;
                pending.Add(endpoint.Records!.Keep(session, filter, session.Subscriptions[filter].Terms));
            }
        }

        return reasons;
    }

    /// <summary>One reason code for each filter.</summary>
    public ReasonCode[] Unsubscribe(ClientSession session, IIngestSession ingest, UnsubscribePacket packet, PendingWrites pending)
    {
        var reasons = new ReasonCode[packet.Filters.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            var filter = packet.Filters[i];
            if (!Remove(session, filter))
            {
                reasons[i] = ReasonCode.NoSubscriptionExisted;
                continue;
            }

            if (session.IsStored)
            {
                pending.Add(StoredChange.Remove(SessionRecords.SubscriptionKey(session, filter)));
            }

            var bare = SharedFilter.TryParse(filter, out var shared) ? shared.Filter : filter;
            if (!session.Subscriptions!.Any(s => string.Equals(s.Value.Group?.Filter ?? s.Key, bare, StringComparison.Ordinal)))
            {
                ingest.Unsubscribed(bare);
            }
        }

        return reasons;
    }

    /// <summary>The session ends.</summary>
    public void RemoveAll(ClientSession session)
    {
        foreach (var filter in session.Subscriptions?.Keys.ToList() ?? [])
        {
            Remove(session, filter);
        }
    }

    /// <summary>The client has come back: what it may no longer have, or not so surely, is taken from it.</summary>
    public void AskAgain(ClientSession session, IIngestSession ingest)
    {
        foreach (var (filter, known) in session.Subscriptions?.ToList() ?? [])
        {
            var bare = known.Group?.Filter ?? filter;
            if (Permission(ingest, bare, known.Terms.Qos) >= ReasonCode.UnspecifiedError)
            {
                Remove(session, filter);
                if (session.IsStored)
                {
                    endpoint.Later!.Now([StoredChange.Remove(SessionRecords.SubscriptionKey(session, filter))]);
                }
            }
        }

        StopExpecting(session); // What the ingest publishes for the connection has begun.
    }

    /// <summary>Nobody is connected for the session: what the ingest publishes for its subscriptions goes on. Messages of QoS 0 wait for nobody.</summary>
    public void Expect(ClientSession session)
    {
        foreach (var (filter, known) in session.Subscriptions ?? [])
        {
            var bare = known.Group?.Filter ?? filter;
            if (known.Terms.Qos > QualityOfService.AtMostOnce && endpoint.Ingest.Expect(session.Owner, bare) is { } expected)
            {
                (session.Expected ??= []).Add(expected);
            }
        }
    }

    /// <summary>The session's own interest ends: somebody is connected again, or nobody will be.</summary>
    public static void StopExpecting(ClientSession session)
    {
        session.Expected?.ForEach(static expected => expected.Dispose());
        session.Expected = null;
    }

    /// <summary>Makes the subscription, whoever permitted it.</summary>
    public void Set(ClientSession session, string filter, Subscription terms)
    {
        session.Mailbox ??= new Mailbox(endpoint, session);
        session.Subscriptions ??= new Dictionary<string, SessionSubscription>(StringComparer.Ordinal);
        SharedGroup? group = null;
        if (SharedFilter.TryParse(filter, out var shared))
        {
            group = endpoint.Shared.Join(shared, session.Mailbox, terms);
        }
        else
        {
            endpoint.Subscriptions.Set(filter, session.Mailbox, terms);
        }

        session.Subscriptions[filter] = new SessionSubscription(terms, group);
    }

    private static ReasonCode Permission(IIngestSession ingest, string filter, QualityOfService wanted)
    {
        if (TopicFilter.IsSystem(filter) && ingest.MayWatchServer)
        {
            return (ReasonCode)wanted;
        }

        var answer = ingest.MaySubscribe(filter, wanted); // Also asked for what is refused anyway: the attempt counts.
        return TopicFilter.IsSystem(filter) ? ReasonCode.NotAuthorized : answer;
    }

    private bool Remove(ClientSession session, string filter)
    {
        if (session.Subscriptions is null || !session.Subscriptions.Remove(filter, out var known))
        {
            return false;
        }

        if (known.Group is { } group)
        {
            endpoint.Shared.Leave(group, session.Mailbox!);
        }
        else
        {
            endpoint.Subscriptions.Remove(filter, session.Mailbox!);
        }

        return true;
    }

    private ReasonCode Subscribe(ClientSession session, IIngestSession ingest, SubscriptionRequest request, SubscribePacket packet, List<Delivery> retained)
    {
        var filter = request.Filter;
        if (request.Limits != ReasonCode.Success)
        {
            return request.Limits;
        }

        var isShared = SharedFilter.TryParse(filter, out var shared);
        if (isShared && request.NoLocal)
        {
            throw MqttProtocolException.Protocol("A shared subscription cannot leave out its own messages [MQTT-3.8.3-4].");
        }

        var isKnown = session.Subscriptions!.ContainsKey(filter);
        var options = endpoint.Options;
        if (!isKnown && (session.Subscriptions.Count >= options.MaxSubscriptionsPerClient || endpoint.Subscriptions.Count >= options.MaxSubscriptions))
        {
            return ReasonCode.QuotaExceeded;
        }

        var granted = Permission(ingest, isShared ? shared.Filter : filter, request.Qos);
        if (granted >= ReasonCode.UnspecifiedError)
        {
            return granted;
        }

        var qos = (QualityOfService)Math.Min((byte)granted, (byte)request.Qos);
        uint[] identifiers = packet.Identifier == 0 ? [] : [packet.Identifier];
        Set(session, filter, new Subscription(qos, request.NoLocal, request.RetainAsPublished, identifiers, packet.Purpose));

        // [MQTT-3.3.1-9], [MQTT-3.3.1-10], [MQTT-3.3.1-11]; a shared subscription gets none (section 4.8.2).
        if (!isShared && (request.RetainHandling == 0 || (request.RetainHandling == 1 && !isKnown)))
        {
            foreach (var message in endpoint.Retained.Find(filter, endpoint.NowMs).Concat(endpoint.SystemTopics.Find(filter)))
            {
                retained.Add(new Delivery(message, message.Qos < qos ? message.Qos : qos, Retain: true, identifiers, packet.Purpose)); // [MQTT-3.3.1-8]
            }
        }

        return (ReasonCode)qos;
    }
}
