namespace Quartier.Gateway.Mqtt;

/// <summary>
/// The messages that wait for their acknowledgement, in the order in which they were published. A message's packet id
/// follows from its sequence number, so that finding it needs no table.
/// </summary>
internal sealed class InFlightWindow
{
    private const int PacketIds = MqttPublisherOptions.LargestWindow;
    private readonly Slot[] slots;

    /// <summary>Creates an empty window of 1 … 65,535 messages.</summary>
    public InFlightWindow(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, PacketIds);
        slots = new Slot[capacity];
        Limit = capacity;
    }

    /// <summary>Sequence number of the oldest message that is not acknowledged; everything before it is.</summary>
    public long Head { get; private set; }

    /// <summary>Sequence number of the next message.</summary>
    public long Tail { get; private set; }

    /// <summary>How many may wait at once; the server may lower it below the capacity.</summary>
    public int Limit { get; private set; }

    /// <summary>How many more messages fit.</summary>
    public int Room => Limit - (int)(Tail - Head);

    /// <summary>Takes over the server's Receive Maximum.</summary>
    public void LimitTo(int receiveMaximum) => Limit = Math.Clamp(receiveMaximum, 1, slots.Length);

    /// <summary>Encodes a message into the window; there must be room.</summary>
    /// <returns>The encoded packet, valid until it is acknowledged.</returns>
    public ReadOnlySpan<byte> Add(MqttVersion version, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, long tag)
    {
        ref var slot = ref slots[Tail % slots.Length];
        var needed = topic.Length + payload.Length + PublishPacket.LargestOverheadBytes;
        if (slot.Packet is null || slot.Packet.Length < needed)
        {
            slot.Packet = new byte[needed];
        }

        slot.Bytes = PublishPacket.Write(slot.Packet, version, topic, payload, (ushort)((Tail % PacketIds) + 1));
        slot.Tag = tag;
        slot.Written = 0;
        slot.Acknowledged = false;
        Tail++;
        return slot.Packet.AsSpan(0, slot.Bytes);
    }

    /// <summary>Notes the time at which everything from <paramref name="first"/> on was written, unless it had been before.</summary>
    public void MarkWritten(long first, long now)
    {
        for (var sequence = Math.Max(first, Head); sequence < Tail; sequence++)
        {
            ref var slot = ref slots[sequence % slots.Length];
            if (slot.Written == 0)
            {
                slot.Written = now;
            }
        }
    }

    /// <summary>Takes an acknowledgement.</summary>
    /// <param name="id">Packet id from the wire.</param>
    /// <param name="now">Timestamp of its arrival.</param>
    /// <param name="reason">MQTT 5 reason code.</param>
    /// <param name="acknowledgement">What it acknowledges.</param>
    /// <returns>False when no message with this id waits.</returns>
    public bool TryAcknowledge(ushort id, long now, byte reason, out Acknowledgement acknowledgement)
    {
        acknowledgement = default;
        if (id == 0)
        {
            return false;
        }

        var distance = ((id - 1) - (int)(Head % PacketIds) + PacketIds) % PacketIds;
        var sequence = Head + distance;
        if (sequence >= Tail)
        {
            return false;
        }

        ref var slot = ref slots[sequence % slots.Length];
        if (slot.Acknowledged)
        {
            return false;
        }

        slot.Acknowledged = true;
        acknowledgement = new Acknowledgement(slot.Tag, slot.Written == 0 ? 0 : now - slot.Written, reason);
        while (Head < Tail && slots[Head % slots.Length].Acknowledged)
        {
            Head++;
        }

        return true;
    }

    /// <summary>Calls back with every packet that waits, oldest first, marked as a duplicate when it was written before.</summary>
    /// <returns>How many were written before.</returns>
    public int Resend(Action<byte[], int> write)
    {
        var again = 0;
        for (var sequence = Head; sequence < Tail; sequence++)
        {
            ref var slot = ref slots[sequence % slots.Length];
            if (slot.Acknowledged)
            {
                continue;
            }

            if (slot.Written != 0)
            {
                PublishPacket.MarkDuplicate(slot.Packet);
                again++;
            }

            write(slot.Packet, slot.Bytes);
        }

        return again;
    }

    private struct Slot
    {
        public byte[] Packet;
        public int Bytes;
        public long Tag;
        public long Written;
        public bool Acknowledged;
    }
}
