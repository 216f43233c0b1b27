using System.Buffers.Binary;

namespace Quartier.Storage.Blocks;

/// <summary>Reads the store's encodings. Whatever does not fit is an <see cref="InvalidDataException"/>: never a wrong value.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxShift = 63;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>See <see cref="ByteWriter.Varint"/>.</summary>
    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift <= MaxShift; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is longer than ten bytes.");
    }

    /// <summary>A varint that must be at most <paramref name="max"/>.</summary>
    public int Int32(int max)
    {
        var value = Varint();
        return value <= (ulong)max ? (int)value : throw new InvalidDataException($"{value} where at most {max} is possible.");
    }

    /// <summary>See <see cref="ByteWriter.ZigZag"/>.</summary>
    public long ZigZag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Eight bytes, least significant first.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>That many bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new InvalidDataException("The data end in the middle of a value.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
