using System.Buffers.Binary;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Blocks;

/// <summary>Readings to blocks and back; docs/storage-format.md describes every byte.</summary>
internal static class BlockCodec
{
    /// <summary>A block larger than this is damage: the writer never makes one.</summary>
    public const int MostReadings = 65_536;

    private const int SummaryBytes = 72;

    /// <summary>Encodes readings in strictly ascending order of time; at least one.</summary>
    public static Block Encode(long id, ReadOnlySpan<Reading> readings, ByteWriter writer)
    {
        var times = new long[readings.Length];
        var values = new double[readings.Length];
        var (sum, min, max, flagged) = (0.0, readings[0].Value, readings[0].Value, 0);
        for (var i = 0; i < readings.Length; i++)
        {
            times[i] = readings[i].TimeMs - readings[0].TimeMs;
            var value = readings[i].Value;
            values[i] = value;
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            flagged += readings[i].Quality == Quality.Good ? 0 : 1;
        }

        writer.Truncate(0);
        IntegerColumn.Encode(times, writer);
        ValueColumn.Encode(values, writer);
        QualityColumn.Encode(readings, writer);
        var summary = new Block(id, readings[0].TimeMs, readings[^1].TimeMs, readings.Length, flagged, sum, min, max, values[^1], []);
        writer.UInt32(ChecksumOf(summary, writer.Written));
        return summary with { Data = writer.Written.ToArray() };
    }

    /// <summary>Checks the block against its checksum.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public static void Verify(Block block)
    {
        if (!IsIntact(block))
        {
            throw new InvalidDataException($"Block {block.Id} is damaged: {block.Data.Length} bytes for {block.Count} readings, checksum wrong.");
        }
    }

    /// <summary>Whether the block's checksum holds.</summary>
    public static bool IsIntact(Block block)
    {
        if (block.Data.Length < sizeof(uint) || block.Count is < 1 or > MostReadings)
        {
            return false;
        }

        var body = block.Data.AsSpan(0, block.Data.Length - sizeof(uint));
        return ChecksumOf(block, body) == BinaryPrimitives.ReadUInt32LittleEndian(block.Data.AsSpan(body.Length));
    }

    /// <summary>Decodes a block that has been verified.</summary>
    public static Reading[] Decode(Block block)
    {
        var times = new long[block.Count];
        var values = new double[block.Count];
        var qualities = new Quality[block.Count];
        var reader = new ByteReader(block.Data.AsSpan(0, block.Data.Length - sizeof(uint)));
        IntegerColumn.Decode(ref reader, times);
        ValueColumn.Decode(ref reader, values);
        QualityColumn.Decode(ref reader, qualities);
        var readings = new Reading[block.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            readings[i] = new Reading(times[i] + block.FirstMs, values[i], qualities[i]);
        }

        return readings;
    }

    private static uint ChecksumOf(Block block, ReadOnlySpan<byte> body)
    {
        Span<byte> summary = stackalloc byte[SummaryBytes];
        BinaryPrimitives.WriteInt64LittleEndian(summary, block.Id);
        BinaryPrimitives.WriteInt64LittleEndian(summary[8..], block.FirstMs);
        BinaryPrimitives.WriteInt64LittleEndian(summary[16..], block.LastMs);
        BinaryPrimitives.WriteInt64LittleEndian(summary[24..], block.Count);
        BinaryPrimitives.WriteInt64LittleEndian(summary[32..], block.Flagged);
        BinaryPrimitives.WriteDoubleLittleEndian(summary[40..], block.Sum);
        BinaryPrimitives.WriteDoubleLittleEndian(summary[48..], block.Min);
        BinaryPrimitives.WriteDoubleLittleEndian(summary[56..], block.Max);
        BinaryPrimitives.WriteDoubleLittleEndian(summary[64..], block.Last);
        return ~Checksum.Add(Checksum.Add(uint.MaxValue, summary), body);
    }
}
