using System.Buffers.Binary;
using System.Numerics;

namespace Quartier.Storage.Blocks;

/// <summary>CRC-32C (Castagnoli, reflected, initial value and final complement 0xFFFFFFFF; RFC 3720 appendix B.4).</summary>
internal static class Checksum
{
    /// <summary>The checksum of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(uint.MaxValue, bytes);

    /// <summary>Continues a running, not yet complemented checksum.</summary>
    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }
}
