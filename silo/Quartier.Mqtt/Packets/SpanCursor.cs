using System.Buffers.Binary;

namespace Quartier.Mqtt.Packets;

/// <summary>Reads the data types of section 1.5 from one packet; whatever is missing or ill-formed is a malformed packet.</summary>
internal ref struct SpanCursor(ReadOnlySpan<byte> bytes)
{
    private const int MaxVariableByteIntegerBytes = 4;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _bytes.Length;

    public readonly int Remaining => _bytes.Length - Position;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>Section 1.5.5: at most four bytes, and the fewest that hold the value [MQTT-1.5.5-1].</summary>
    public uint ReadVariableByteInteger()
    {
        uint value = 0;
        for (var i = 0; i < MaxVariableByteIntegerBytes; i++)
        {
            var current = ReadByte();
            value |= (uint)(current & 0x7F) << (7 * i);
            if ((current & 0x80) == 0)
            {
                return current == 0 && i > 0 ? throw MqttProtocolException.Malformed("A variable byte integer is longer than its value needs.") : value;
            }
        }

        throw MqttProtocolException.Malformed("A variable byte integer has more than four bytes.");
    }

    public ReadOnlySpan<byte> ReadBinary() => Take(ReadUInt16());

    /// <summary>Section 1.5.4: well-formed UTF-8 without U+0000 [MQTT-1.5.4-1, MQTT-1.5.4-2].</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var text = ReadBinary();
        return Utf8Text.IsValid(text) ? text : throw MqttProtocolException.Malformed("A text is not well-formed UTF-8, or holds U+0000.");
    }

    /// <summary>The rest of the packet.</summary>
    public ReadOnlySpan<byte> ReadRest() => Take(Remaining);

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            throw MqttProtocolException.Malformed($"The packet ends {count - Remaining} bytes too early.");
        }

        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }
}
