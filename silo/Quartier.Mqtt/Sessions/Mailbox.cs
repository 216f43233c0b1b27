using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>
/// Messages to one session, in order [MQTT-4.6.0-5, MQTT-4.6.0-6]. Sent at once while a connection reads and has room in flight; else kept within
/// limits, on the disk where the session is to survive a restart. What exceeds the limits ends the session: nothing is dropped silently.
/// Its lock is taken before the lock of a connection's output, never while that is held.
/// </summary>
internal sealed class Mailbox(MqttEndpoint endpoint, ClientSession owner) : Subscriber(endpoint.NextOrder())
{
    private readonly Lock _gate = new();
    private readonly MailQueue _mail = new(endpoint, owner);
    private SubscriberLink? _link;
    private bool _overflow;
    private bool _hasEnded;

    /// <summary>The ingest is being asked about the head of the queue.</summary>
    private bool _asking;

    /// <summary>What it answered about the head of the queue.</summary>
    private bool? _answer;

    public ClientSession Owner => owner;

    public bool IsOnline => Volatile.Read(ref _link) is not null;

    /// <summary>Messages that wait or are unacknowledged. A rough figure while they change.</summary>
    public int Load => _mail.Count;

    /// <summary>Sends, or keeps until it can be sent; the caller flushes afterwards.</summary>
    /// <param name="delivery">The message as this subscriber gets it.</param>
    /// <param name="group">The shared subscription that it comes through, if any.</param>
    /// <param name="pending">Gets what must be on the disk before the message is acknowledged to whoever published it, and sent.</param>
    public void Deliver(in Delivery delivery, SharedGroup? group, PendingWrites pending)
    {
        Action? overflowed = null;
        lock (_gate)
        {
            if (!TryTake_NeedsLock(delivery, group, pending) && !_overflow)
            {
                _overflow = true;
                overflowed = _link?.Overflowed ?? (() => endpoint.Sessions.Overflowed(owner));
            }
        }

        if (overflowed is not null)
        {
            endpoint.Counters.SlowConsumer();
            overflowed();
        }
    }

    /// <summary>Messages before this place may have been sent.</summary>
    public long SentBelow => _mail.SentBelow;

    public void Flush() => Volatile.Read(ref _link)?.Output.Flush();

    /// <summary>Whether more came than the limits allow, so that the session has a gap and must end.</summary>
    public bool HasOverflowed
    {
        get
        {
            lock (_gate)
            {
                return _overflow;
            }
        }
    }

    /// <summary>A connection takes over: what was not acknowledged is sent again, in its order [MQTT-4.4.0-1, MQTT-4.6.0-1].</summary>
    public void Attach(SubscriberLink link)
    {
        lock (_gate)
        {
            _link = link;
            _asking = false;
            _answer = null;
            link.Output.Drained = Pump;
            foreach (var entry in _mail.BeginAgain())
            {
                Release_NeedsLock(link, entry.PacketId, ReasonCode.Success);
            }

            Pump_NeedsLock();
            link.Output.Flush();
        }
    }

    /// <summary>The connection has gone; what cannot wait for the next one is counted and let go.</summary>
    public void Detach()
    {
        lock (_gate)
        {
            _link = null;
            endpoint.Counters.NotDeliveredAtClose(_mail.ForgetUnkept());
        }
    }

    /// <summary>The session has ended: what waited is counted and let go, or goes to another member of its shared subscription.</summary>
    /// <returns>What may go to another member (section 4.8.2).</returns>
    public List<OutgoingEntry> End()
    {
        lock (_gate)
        {
            _link = null;
            _hasEnded = true;
            var shared = _mail.Unsent();
            endpoint.Counters.NotDeliveredAtClose(_mail.Count - shared.Count);
            _mail.Clear();
            return shared;
        }
    }

    /// <summary>PUBACK, PUBREC or PUBCOMP from the subscriber.</summary>
    /// <exception cref="MqttProtocolException">The message with that identifier waits for another one.</exception>
    public void OnAcknowledged(PacketType type, in AcknowledgementPacket packet)
    {
        lock (_gate)
        {
            var entry = _mail.InFlight(packet.PacketId);
            entry?.CheckAnswer(type);
            if (type == PacketType.PubRec)
            {
                OnPubRec_NeedsLock(packet, entry);
            }
            else if (entry is not null)
            {
                _mail.Finish(entry);
            }

            // Else it acknowledges nothing: there is no answer to that in the standard.
            Pump_NeedsLock();
        }
    }

    /// <summary>The write that the entry waited for has ended.</summary>
    public void OnStored(OutgoingEntry entry, bool succeeded)
    {
        lock (_gate)
        {
            if (entry.State == OutgoingState.PubComp)
            {
                entry.IsReleased = succeeded;
                SendReleases_NeedsLock();
            }
            else
            {
                _mail.OnStored(entry, succeeded);
            }
        }
    }

    /// <summary>Sends what waits, as far as the peer reads and has room in flight.</summary>
    public void Pump()
    {
        lock (_gate)
        {
            Pump_NeedsLock();
            _link?.Output.Flush();
        }
    }

    /// <summary>Lets go of what has waited too long while nobody was connected.</summary>
    public void Purge(long nowMs)
    {
        lock (_gate)
        {
            endpoint.Counters.NotDeliveredExpired(_mail.Purge(nowMs));
        }
    }

    /// <summary>A message from the session store.</summary>
    public void Restore(OutgoingEntry entry)
    {
        lock (_gate)
        {
            _mail.Restore(entry);
        }
    }

    private void Pump_NeedsLock()
    {
        while (_link is { } link && !_asking && _mail.Head is { } head)
        {
            if (head.State == OutgoingState.Dropped)
            {
                _mail.Discard(head);
                continue;
            }

            if (!head.IsReady || !CanSend_NeedsLock(link, head) || Permission_NeedsLock(link, head) is not { } permitted)
            {
                return;
            }

            Settle_NeedsLock(link, head, permitted);
        }
    }

    private bool TryTake_NeedsLock(in Delivery delivery, SharedGroup? group, PendingWrites pending)
    {
        var isKept = owner.IsLasting && delivery.Qos != QualityOfService.AtMostOnce;
        if (_overflow || _hasEnded || (_link is null or { Output.IsClosed: true } && !isKept))
        {
            endpoint.Counters.NotDeliveredAtClose(1);
            return true;
        }

        if (!isKept && _link is { } link && _mail.IsNothingWaiting && !_asking && delivery.Qos == QualityOfService.AtMostOnce && link.Output.HasRoom())
        {
            var asked = Ask(link, delivery);
            if (asked.IsCompletedSuccessfully)
            {
                SendAtMostOnce_NeedsLock(link, delivery, asked.GetAwaiter().GetResult());
                return true;
            }

            _mail.Add(delivery, group, pending);
            _asking = true;
            _ = AwaitAnswerAsync(link, asked.AsTask());
            return true;
        }

        if (!_mail.HasRoomFor(delivery))
        {
            endpoint.Counters.NotDeliveredAtClose(1);
            return false;
        }

        _mail.Add(delivery, group, pending);
        Pump_NeedsLock();
        return true;
    }

    private bool CanSend_NeedsLock(SubscriberLink link, OutgoingEntry head) =>
        link.Output.HasRoom() && (head.Delivery.Qos == QualityOfService.AtMostOnce || _mail.MayFly(head, link.MaxInFlight));

    /// <summary>Whether the head may be sent; null while the ingest has not answered.</summary>
    private bool? Permission_NeedsLock(SubscriberLink link, OutgoingEntry head)
    {
        if (_answer is { } answer)
        {
            _answer = null;
            return answer;
        }

        var asked = Ask(link, head.Delivery);
        if (asked.IsCompletedSuccessfully)
        {
            return asked.GetAwaiter().GetResult();
        }

        _asking = true;
        _ = AwaitAnswerAsync(link, asked.AsTask());
        return null;
    }

    private ValueTask<bool> Ask(SubscriberLink link, in Delivery delivery)
    {
        try
        {
            return delivery.Message.IsSystem
                ? ValueTask.FromResult(link.Ingest.MayWatchServer)
                : link.Ingest.MayReceive(delivery.Message.Outgoing, delivery.Purpose);
        }
        catch (Exception failure)
        {
            // The boundary to the ingest. Without an answer nothing is sent, and the publisher on whose thread this runs is not to blame.
            MqttLog.NotDecided(endpoint.Logger, failure, owner.ClientId);
            return ValueTask.FromResult(false);
        }
    }

    private async Task AwaitAnswerAsync(SubscriberLink link, Task<bool> asked)
    {
        var permitted = false;
        try
        {
            // Always later: whoever began to ask must have queued the delivery by then.
            permitted = await asked.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        catch (Exception failure)
        {
            // The boundary to the ingest: without an answer nothing is sent.
            MqttLog.NotDecided(endpoint.Logger, failure, owner.ClientId);
        }

        lock (_gate)
        {
            if (!ReferenceEquals(_link, link))
            {
                return; // The answer was for a connection that has gone.
            }

            _asking = false;
            _answer = _mail.Head is null ? null : permitted;
            Pump_NeedsLock();
            _answer = null; // Whatever could not be sent now is asked about again when it can.
            link.Output.Flush();
        }
    }

    private void SendAtMostOnce_NeedsLock(SubscriberLink link, in Delivery delivery, bool permitted)
    {
        if (!permitted)
        {
            endpoint.Counters.NotPermitted();
            return;
        }

        MailSender.TrySend(endpoint, link, delivery, entry: null);
    }

    private void Settle_NeedsLock(SubscriberLink link, OutgoingEntry head, bool permitted)
    {
        if (!permitted)
        {
            endpoint.Counters.NotPermitted();
            _mail.Discard(head);
        }
        else if (!MailSender.TrySend(endpoint, link, head.Delivery, head))
        {
            _mail.Discard(head);
        }
        else
        {
            _mail.Fly(head);
        }
    }

    private void OnPubRec_NeedsLock(in AcknowledgementPacket packet, OutgoingEntry? entry)
    {
        if (entry is null)
        {
            Release_NeedsLock(_link, packet.PacketId, ReasonCode.PacketIdentifierNotFound);
        }
        else if (packet.Reason >= ReasonCode.UnspecifiedError)
        {
            _mail.Finish(entry); // Section 4.3.3: the exchange ends without PUBREL [MQTT-4.8.2-6].
        }
        else if (entry.State == OutgoingState.PubComp)
        {
            Release_NeedsLock(entry.IsReleased ? _link : null, packet.PacketId, ReasonCode.Success);
        }
        else if (_mail.Release(entry) is { } write)
        {
            // Once PUBREL is sent the message must never be sent again [MQTT-4.3.3-6]: also not after a crash.
            _ = CommitAsync(write);
        }
        else
        {
            SendReleases_NeedsLock();
        }
    }

    private async Task CommitAsync(PendingWrites write)
    {
        try
        {
            await write.CommitAsync(endpoint.Store!).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The boundary to the store: no PUBREL is sent, and the exchange goes on when the client connects again.
            MqttLog.SessionNotStored(endpoint.Logger, failure, owner.ClientId);
        }
    }

    /// <summary>In the order of their PUBRECs [MQTT-4.6.0-4].</summary>
    private void SendReleases_NeedsLock()
    {
        while (_mail.NextReleased() is { } entry)
        {
            Release_NeedsLock(_link, entry.PacketId, ReasonCode.Success);
        }
    }

    private static void Release_NeedsLock(SubscriberLink? link, ushort packetId, ReasonCode reason)
    {
        if (link is not null)
        {
            MailSender.Release(link, packetId, reason); // [MQTT-4.3.3-5]
        }
    }
}
