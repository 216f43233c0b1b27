using System.Buffers.Binary;
using System.Text;

namespace Quartier.Mqtt.Packets;

/// <summary>Writes the data types of section 1.5 into a span that is known to be long enough.</summary>
internal ref struct SpanWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _bytes[..Position];

    public static int VariableByteIntegerBytes(uint value) => value switch
    {
        < 128 => 1,
        < 16_384 => 2,
        < 2_097_152 => 3,
        _ => 4,
    };

    public void WriteByte(byte value) => _bytes[Position++] = value;

    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes[Position..], value);
        Position += sizeof(ushort);
    }

    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes[Position..], value);
        Position += sizeof(uint);
    }

    public void WriteVariableByteInteger(uint value)
    {
        while (value >= 128)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    public void WriteRaw(ReadOnlySpan<byte> data)
    {
        data.CopyTo(_bytes[Position..]);
        Position += data.Length;
    }

    public void WriteBinary(ReadOnlySpan<byte> data)
    {
        WriteUInt16((ushort)data.Length);
        WriteRaw(data);
    }

    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetBytes(text, _bytes[(Position + sizeof(ushort))..]);
        WriteUInt16((ushort)length);
        Position += length;
    }
}
