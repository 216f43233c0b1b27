using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>What a mailbox holds: what waits, what is in flight, and their records. Guarded by the mailbox; the count may be read by anybody.</summary>
internal sealed class MailQueue(MqttEndpoint endpoint, ClientSession owner)
{
    private readonly LinkedList<OutgoingEntry> _waiting = new();
    private readonly Queue<OutgoingEntry> _releasing = new();
    private Dictionary<ushort, OutgoingEntry>? _inFlight;
    private long _nextSequence;
    private long _bytes;
    private long _sentBelow;
    private int _count;

    public long SentBelow => Volatile.Read(ref _sentBelow);

    public int Count => Volatile.Read(ref _count);

    public bool IsNothingWaiting => _waiting.Count == 0;

    public OutgoingEntry? Head => _waiting.First?.Value;

    private QueueBudget Budget => owner.IsLasting ? endpoint.Sessions.Kept : endpoint.Sessions.Passing;

    public OutgoingEntry? InFlight(ushort packetId) => _inFlight?.GetValueOrDefault(packetId);

    /// <summary>Room in flight, and a packet identifier that is not in use [MQTT-2.2.1-4].</summary>
    public bool MayFly(OutgoingEntry entry, int maxInFlight) =>
        _inFlight is null || (_inFlight.Count < maxInFlight && !_inFlight.ContainsKey(entry.PacketId));

    public bool HasRoomFor(in Delivery delivery) => _bytes + OutgoingEntry.Weigh(delivery) <= Budget.BytesOfOne;

    public void Add(in Delivery delivery, SharedGroup? group, PendingWrites pending)
    {
        var isCounted = delivery.Qos != QualityOfService.AtMostOnce;
        var entry = new OutgoingEntry(owner.Mailbox!, delivery, isCounted ? _nextSequence++ : -1)
        {
            Group = group,
            IsStored = isCounted && owner.IsStored,
        };
        entry.IsReady = !entry.IsStored;
        Take(entry);
        _waiting.AddLast(entry);
        if (entry.IsStored)
        {
            pending.Add(endpoint.Records!.Keep(owner, entry), entry);
        }
    }

    public void OnStored(OutgoingEntry entry, bool succeeded)
    {
        entry.IsReady = succeeded;
        if (!succeeded)
        {
            entry.IsStored = false;
            entry.State = OutgoingState.Dropped;
        }
    }

    /// <summary>The head has been sent.</summary>
    public void Fly(OutgoingEntry head)
    {
        _waiting.RemoveFirst();
        if (head.Delivery.Qos == QualityOfService.AtMostOnce)
        {
            Forget(head);
            return;
        }

        Volatile.Write(ref _sentBelow, Math.Max(_sentBelow, head.Sequence + 1));
        head.State = head.Delivery.Qos == QualityOfService.AtLeastOnce ? OutgoingState.PubAck : OutgoingState.PubRec;
        (_inFlight ??= [])[head.PacketId] = head;
    }

    /// <summary>The head is not sent.</summary>
    public void Discard(OutgoingEntry head)
    {
        _waiting.RemoveFirst();
        Forget(head);
    }

    /// <summary>The last acknowledgement has come.</summary>
    public void Finish(OutgoingEntry entry)
    {
        _inFlight!.Remove(entry.PacketId);
        Forget(entry);
    }

    /// <summary>PUBREC has come; the write that PUBREL must wait for, or null when it need not wait.</summary>
    public PendingWrites? Release(OutgoingEntry entry)
    {
        entry.State = OutgoingState.PubComp;
        _releasing.Enqueue(entry);
        if (!entry.IsStored)
        {
            entry.IsReleased = true;
            return null;
        }

        var write = new PendingWrites();
        write.Add(endpoint.Records!.Keep(owner, entry), entry);
        return write;
    }

    /// <summary>The next entry whose PUBREL may be sent.</summary>
    public OutgoingEntry? NextReleased() => _releasing.TryPeek(out var next) && next.IsReleased ? _releasing.Dequeue() : null;

    /// <summary>A new connection: what was sent goes back to where it was, before all else. Returns what waits for PUBCOMP only.</summary>
    public List<OutgoingEntry> BeginAgain()
    {
        var released = new List<OutgoingEntry>();
        _releasing.Clear();
        if (_inFlight is null)
        {
            return released;
        }

        foreach (var entry in _inFlight.Values.OrderByDescending(e => e.Sequence).ToList())
        {
            if (entry.State == OutgoingState.PubComp)
            {
                AddReleased(released, entry);
                continue;
            }

            _inFlight.Remove(entry.PacketId);
            entry.State = OutgoingState.Waiting;
            entry.MayHaveBeenSent = true;
            _waiting.AddFirst(entry);
        }

        released.Reverse();
        return released;
    }

    private void AddReleased(List<OutgoingEntry> released, OutgoingEntry entry)
    {
        if (entry.IsReleased)
        {
            released.Add(entry);
        }
        else
        {
            _releasing.Enqueue(entry); // Its write is still under way.
        }
    }

    /// <summary>Forgets what a session does not keep without a connection; how much that was.</summary>
    public int ForgetUnkept()
    {
        var before = Count;
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Sequence < 0)
            {
                _waiting.Remove(node);
                Forget(node.Value);
            }

            node = next;
        }

        return before - Count;
    }

    /// <summary>Forgets what has ended; how much that was.</summary>
    public int Purge(long nowMs)
    {
        var before = Count;
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Delivery.Message.EndsAtMs <= nowMs)
            {
                _waiting.Remove(node);
                Forget(node.Value);
            }

            node = next;
        }

        return before - Count;
    }

    /// <summary>QoS 1 messages of shared subscriptions, and QoS 2 messages that were never sent [MQTT-4.8.2-5].</summary>
    public List<OutgoingEntry> Unsent() =>
    [
        .. (_inFlight?.Values ?? Enumerable.Empty<OutgoingEntry>())
            .Where(e => e.State == OutgoingState.PubAck)
            .Concat(_waiting.Where(e => e.Delivery.Qos == QualityOfService.AtLeastOnce || !e.MayHaveBeenSent))
            .Where(e => e.Group is not null && e.State != OutgoingState.Dropped)
            .OrderBy(e => e.Sequence),
    ];

    public void Clear()
    {
        Budget.Add(-_bytes);
        _waiting.Clear();
        _releasing.Clear();
        _inFlight = null;
        _bytes = 0;
        Volatile.Write(ref _count, 0);
    }

    public void Restore(OutgoingEntry entry)
    {
        _nextSequence = Math.Max(_nextSequence, entry.Sequence + 1);
        _sentBelow = entry.MayHaveBeenSent ? entry.Sequence + 1 : _sentBelow;
        Take(entry);
        if (entry.State == OutgoingState.PubComp)
        {
            entry.IsReleased = true;
            (_inFlight ??= [])[entry.PacketId] = entry;
        }
        else
        {
            _waiting.AddLast(entry);
        }
    }

    private void Take(OutgoingEntry entry)
    {
        Volatile.Write(ref _count, _count + 1);
        _bytes += entry.Bytes;
        Budget.Add(entry.Bytes);
    }

    private void Forget(OutgoingEntry entry)
    {
        Volatile.Write(ref _count, _count - 1);
        _bytes -= entry.Bytes;
        Budget.Add(-entry.Bytes);
        if (entry.IsStored)
        {
            endpoint.Later!.Add(StoredChange.Remove(SessionRecords.OutgoingKey(owner, entry)));
        }
    }
}
