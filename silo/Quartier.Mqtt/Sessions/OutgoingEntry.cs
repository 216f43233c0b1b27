using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>A message in a mailbox, from its arrival to its last acknowledgement. Guarded by the mailbox.</summary>
internal sealed class OutgoingEntry(Mailbox mailbox, Delivery delivery, long sequence)
{
    /// <summary>Packet identifiers are 1 … 65,535 [MQTT-2.2.1-3].</summary>
    private const int PacketIdCount = ushort.MaxValue;

    /// <summary>What a queued message takes beside its own bytes on a 64-bit machine: this object, its place in the list, the message's object and its three arrays.</summary>
    private const int OverheadBytes = 288;

    public Mailbox Mailbox { get; } = mailbox;

    public Delivery Delivery { get; } = delivery;

    /// <summary>What it weighs in the limits.</summary>
    public long Bytes { get; } = Weigh(delivery);

    /// <summary>The place among the session's QoS 1 and 2 messages; -1 for QoS 0.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>
    /// Follows from the place, so that it needs no write of its own to be the same after a restart [MQTT-4.4.0-1].
    /// </summary>
    public ushort PacketId => (ushort)((Sequence % PacketIdCount) + 1);

    public OutgoingState State { get; set; }

    /// <summary>On the disk, as far as it has to be: it may be sent.</summary>
    public bool IsReady { get; set; }

    /// <summary>There is a record of it.</summary>
    public bool IsStored { get; set; }

    /// <summary>Sent to an earlier connection, or perhaps: the duplicate flag says so [MQTT-3.3.1-1].</summary>
    public bool MayHaveBeenSent { get; set; }

    /// <summary>The PUBREC is on the disk, so PUBREL may be sent.</summary>
    public bool IsReleased { get; set; }

    /// <summary>The shared subscription that it came through; null for none, and after a restart.</summary>
    public SharedGroup? Group { get; set; }

    /// <summary>Whether the answer is one that the message in flight waits for, or a repetition of the one before.</summary>
    /// <exception cref="MqttProtocolException">It is another one, which breaks the protocol: [MQTT-4.13.1-1], in 3.1.1 [MQTT-4.8.0-1].</exception>
    public void CheckAnswer(PacketType type)
    {
        var isDue = type switch
        {
            PacketType.PubRec => State is OutgoingState.PubRec or OutgoingState.PubComp,
            PacketType.PubComp => State == OutgoingState.PubComp,
            _ => State == OutgoingState.PubAck,
        };
        if (!isDue)
        {
            throw MqttProtocolException.Protocol($"Message {PacketId} waits for {State}, but {type} came (section 4.3).");
        }
    }

    /// <summary>What a delivery weighs in the limits. What several subscribers share is counted for each, as it may be left to the last.</summary>
    public static long Weigh(in Delivery delivery) => OverheadBytes + delivery.Message.Bytes + (sizeof(uint) * (long)delivery.SubscriptionIds.Length);
}
