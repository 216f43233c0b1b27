using System.Buffers.Binary;

namespace Quartier.Domain.Ledgers;

/// <summary>A SHA-256 value: 32 bytes without an object of their own, because a ledger holds many.</summary>
public readonly record struct Digest
{
    /// <summary>Bytes of a SHA-256 value.</summary>
    public const int Bytes = 32;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly 32.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes)
        {
            throw new ArgumentException($"A SHA-256 value has {Bytes} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, _first);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], _fourth);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Base64, as checkpoints and answers carry it.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());
}
