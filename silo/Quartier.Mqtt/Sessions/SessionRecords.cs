using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Sessions;

/// <summary>
/// How sessions and retained messages look in the session store. A key is the kind's letter, then the session's number and what tells the record
/// from others of its kind; numbers are big-endian. A value begins with the format's version. docs/mqtt.md describes each byte.
/// </summary>
internal sealed class SessionRecords(Func<long, long> toUtcMs)
{
    public const byte Session = (byte)'S';
    public const byte SubscriptionKind = (byte)'F';
    public const byte Outgoing = (byte)'O';
    public const byte Receiving = (byte)'I';
    public const byte Retained = (byte)'R';
    public const byte Will = (byte)'W';

    /// <summary>The version of all values; another one is refused.</summary>
    public const byte Format = 1;

    /// <summary>Every kind of record that belongs to a session.</summary>
    private static readonly byte[] s_ofSessions = [Session, SubscriptionKind, Outgoing, Receiving];

    public static byte[] SubscriptionKey(ClientSession session, string filter) => Key(SubscriptionKind, session.Number, Encoding.UTF8.GetBytes(filter));

    public static byte[] OutgoingKey(ClientSession session, OutgoingEntry entry)
    {
        Span<byte> place = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(place, entry.Sequence);
        return Key(Outgoing, session.Number, place);
    }

    public static byte[] ReceivingKey(ClientSession session, ushort packetId) =>
        Key(Receiving, session.Number, [(byte)(packetId >> 8), (byte)packetId]);

    public static byte[] RetainedKey(ReadOnlySpan<byte> topic) => [Retained, .. topic];

    public static byte[] WillKey(Testament testament) => Key(Will, testament.Number, []);

    /// <summary>Removes everything of a session but its will, which has its own end.</summary>
    public static IEnumerable<StoredChange> RemoveAll(long number) => s_ofSessions.Select(kind => StoredChange.RemoveAll(Key(kind, number, [])));

    /// <summary>The session itself. It ends by the endpoint's decision, not by the store's.</summary>
    /// <param name="session">The session.</param>
    /// <param name="endsAtMs">When it ends, in the endpoint's clock; <see cref="long.MaxValue"/> while a client is connected.</param>
    public StoredChange Keep(ClientSession session, long endsAtMs)
    {
        var value = new ArrayBufferWriter<byte>();
        WriteByte(value, Format);
        WriteByte(value, (byte)session.Version);
        WriteInt64(value, session.ExpirySeconds);
        WriteInt64(value, Ends(endsAtMs));
        WriteInt64(value, session.Mailbox?.SentBelow ?? 0);
        WriteText(value, session.ClientId);
        WriteText(value, session.Owner);
        return StoredChange.Keep(Key(Session, session.Number, []), value.WrittenMemory, long.MaxValue);
    }

    public StoredChange Keep(ClientSession session, string filter, Subscription terms)
    {
        var value = new ArrayBufferWriter<byte>();
        WriteByte(value, Format);
        WriteByte(value, (byte)((byte)terms.Qos | (terms.NoLocal ? 4 : 0) | (terms.RetainAsPublished ? 8 : 0)));
        WriteIdentifiers(value, terms.Identifiers);
        WriteText(value, terms.Purpose ?? string.Empty);
        return StoredChange.Keep(SubscriptionKey(session, filter), value.WrittenMemory, long.MaxValue);
    }

    /// <summary>A message on its way. One that waits for PUBCOMP only has no contents left.</summary>
    public StoredChange Keep(ClientSession session, OutgoingEntry entry)
    {
        var delivery = entry.Delivery;
        var value = new ArrayBufferWriter<byte>();
        WriteByte(value, Format);
        WriteByte(value, (byte)(entry.State == OutgoingState.PubComp ? OutgoingState.PubComp : OutgoingState.Waiting));
        WriteByte(value, (byte)((byte)delivery.Qos | (delivery.Retain ? 4 : 0)));
        if (entry.State != OutgoingState.PubComp)
        {
            WriteIdentifiers(value, delivery.SubscriptionIds);
            WriteText(value, delivery.Purpose ?? string.Empty);
            WriteMessage(value, delivery.Message);
        }

        var ends = entry.State == OutgoingState.PubComp ? long.MaxValue : Ends(delivery.Message.EndsAtMs);
        return StoredChange.Keep(OutgoingKey(session, entry), value.WrittenMemory, ends);
    }

    public StoredChange KeepReceiving(ClientSession session, ushort packetId) =>
        StoredChange.Keep(ReceivingKey(session, packetId), new byte[] { Format }, long.MaxValue);

    public StoredChange KeepRetained(Message message)
    {
        if (message.Payload.Length == 0)
        {
            return StoredChange.Remove(RetainedKey(message.Topic));
        }

        var value = new ArrayBufferWriter<byte>();
        WriteByte(value, Format);
        WriteMessage(value, message);
        return StoredChange.Keep(RetainedKey(message.Topic), value.WrittenMemory, Ends(message.EndsAtMs));
    }

    /// <summary>The will of a client that connects.</summary>
    public StoredChange Keep(Testament testament, ClientSession session) => Keep(testament, session, dueMs: long.MaxValue, giveUpMs: long.MaxValue);

    /// <summary>The will of a client that is gone.</summary>
    public StoredChange Keep(DelayedWill will) => Keep(will.Testament, will.Session, will.DueMs, will.GiveUpMs);

    private static byte[] Key(byte kind, long number, ReadOnlySpan<byte> rest)
    {
        var key = new byte[1 + sizeof(long) + rest.Length];
        key[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(1), number);
        rest.CopyTo(key.AsSpan(1 + sizeof(long)));
        return key;
    }

    private static void WriteByte(ArrayBufferWriter<byte> writer, byte value)
    {
        writer.GetSpan(1)[0] = value;
        writer.Advance(1);
    }

    private static void WriteInt64(ArrayBufferWriter<byte> writer, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(writer.GetSpan(sizeof(long)), value);
        writer.Advance(sizeof(long));
    }

    private static void WriteText(ArrayBufferWriter<byte> writer, string text) => WriteBinary(writer, Encoding.UTF8.GetBytes(text));

    private static void WriteBinary(ArrayBufferWriter<byte> writer, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(sizeof(int)), bytes.Length);
        writer.Advance(sizeof(int));
        writer.Write(bytes);
    }

    private static void WriteIdentifiers(ArrayBufferWriter<byte> writer, uint[] identifiers)
    {
        Span<byte> bytes = new byte[identifiers.Length * sizeof(uint)];
        for (var i = 0; i < identifiers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[(i * sizeof(uint))..], identifiers[i]);
        }

        WriteBinary(writer, bytes);
    }

    /// <summary>A session that ends with its connection is none after a restart, and its will is due then: it is not named.</summary>
    private StoredChange Keep(Testament testament, ClientSession? session, long dueMs, long giveUpMs)
    {
        var (message, client) = (testament.Message, testament.Client);
        var value = new ArrayBufferWriter<byte>();
        WriteByte(value, Format);
        WriteInt64(value, session is { IsStored: true } ? session.Number : 0);
        WriteInt64(value, message.DelaySeconds);
        WriteInt64(value, Ends(dueMs));
        WriteByte(value, (byte)((byte)message.Qos | (message.Retain ? 4 : 0)));
        WriteBinary(value, message.Topic);
        WriteBinary(value, message.Properties);
        WriteBinary(value, message.Payload);
        WriteText(value, client.ClientId);
        WriteText(value, client.Owner);
        WriteText(value, client.Standing);
        return StoredChange.Keep(WillKey(testament), value.WrittenMemory, Ends(giveUpMs));
    }

    private void WriteMessage(ArrayBufferWriter<byte> writer, Message message)
    {
        WriteByte(writer, (byte)((byte)message.Qos | (message.Retain ? 4 : 0)));
        WriteInt64(writer, Ends(message.ExpiresAtMs));
        WriteInt64(writer, Ends(message.KeepUntilMs));
        WriteBinary(writer, message.Topic);
        WriteBinary(writer, message.Properties);
        WriteBinary(writer, message.Payload);
        if (message.Source is { Length: > 0 } source)
        {
            WriteBinary(writer, source);
        }
    }

    private long Ends(long endpointMs) => endpointMs == long.MaxValue ? long.MaxValue : toUtcMs(endpointMs);
}
