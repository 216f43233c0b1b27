using System.Buffers.Binary;
using System.Text;
using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Sessions;

/// <summary>Reads what <see cref="SessionRecords"/> wrote.</summary>
internal ref struct RecordReader
{
    private readonly Func<long, long> _fromUtcMs;
    private ReadOnlySpan<byte> _rest;

    /// <summary>Checks the format.</summary>
    /// <exception cref="InvalidDataException">The record is of another format, or damaged.</exception>
    public RecordReader(ReadOnlySpan<byte> value, Func<long, long> fromUtcMs)
    {
        _fromUtcMs = fromUtcMs;
        _rest = value;
        if (ReadByte() is not SessionRecords.Format and var format)
        {
            throw new InvalidDataException($"A record of the MQTT sessions has format {format}; this program knows format {SessionRecords.Format}.");
        }
    }

    public byte ReadByte() => Take(1)[0];

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    /// <summary>A time, in the endpoint's clock.</summary>
    public long ReadTime() => ReadInt64() is var utcMs && utcMs == long.MaxValue ? long.MaxValue : _fromUtcMs(utcMs);

    public string ReadText() => Encoding.UTF8.GetString(ReadBinary());

    public ReadOnlySpan<byte> ReadBinary() => Take(BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int))));

    public uint[] ReadIdentifiers()
    {
        var bytes = ReadBinary();
        var identifiers = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < identifiers.Length; i++)
        {
            identifiers[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(i * sizeof(uint))..]);
        }

        return identifiers;
    }

    public Subscription ReadTerms()
    {
        var flags = ReadByte();
        var identifiers = ReadIdentifiers();
        var purpose = ReadText();
        return new Subscription(
            (QualityOfService)(flags & 3), (flags & 4) != 0, (flags & 8) != 0, identifiers, purpose.Length == 0 ? null : purpose);
    }

    public Message ReadMessage()
    {
        var flags = ReadByte();
        var (expires, keep) = (ReadTime(), ReadTime());
        var (topic, properties, payload) = (ReadBinary().ToArray(), ReadBinary().ToArray(), ReadBinary().ToArray());
        var source = _rest.IsEmpty ? null : ReadBinary().ToArray();
        return new Message(topic, payload, properties, source)
        {
            Qos = (QualityOfService)(flags & 3),
            Retain = (flags & 4) != 0,
            ExpiresAtMs = expires,
            KeepUntilMs = keep,
        };
    }

    public WillMessage ReadWill(uint delaySeconds)
    {
        var flags = ReadByte();
        var (topic, properties, payload) = (ReadBinary().ToArray(), ReadBinary().ToArray(), ReadBinary().ToArray());
        return new WillMessage(topic, payload, properties, (QualityOfService)(flags & 3), (flags & 4) != 0) { DelaySeconds = delaySeconds };
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new InvalidDataException($"A record of the MQTT sessions ends {count - _rest.Length} bytes too early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
