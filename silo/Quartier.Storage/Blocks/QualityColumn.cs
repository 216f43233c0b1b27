using Quartier.Contracts.Readings;

namespace Quartier.Storage.Blocks;

/// <summary>Stored quality: 0 when all are good, else 1 and runs of length and quality.</summary>
internal static class QualityColumn
{
    private const byte AllGood = 0;
    private const byte Runs = 1;

    /// <summary>Appends the readings' quality.</summary>
    public static void Encode(ReadOnlySpan<Reading> readings, ByteWriter writer)
    {
        if (!readings.ContainsAnyExcept(Quality.Good))
        {
            writer.Byte(AllGood);
            return;
        }

        writer.Byte(Runs);
        for (var start = 0; start < readings.Length;)
        {
            var end = start + 1;
            while (end < readings.Length && readings[end].Quality == readings[start].Quality)
            {
                end++;
            }

            writer.Varint((ulong)(end - start));
            writer.Byte((byte)readings[start].Quality);
            start = end;
        }
    }

    /// <summary>Reads as many as the span holds.</summary>
    public static void Decode(ref ByteReader reader, Span<Quality> qualities)
    {
        var mode = reader.Byte();
        if (mode == AllGood)
        {
            qualities.Clear();
            return;
        }

        if (mode != Runs)
        {
            throw new InvalidDataException($"Unknown quality encoding {mode}.");
        }

        while (!qualities.IsEmpty)
        {
            var length = reader.Int32(qualities.Length);
            var quality = (Quality)reader.Byte();
            if (length == 0)
            {
                throw new InvalidDataException("A quality run is empty.");
            }

            qualities[..length].Fill(quality);
            qualities = qualities[length..];
        }
    }

    private static bool ContainsAnyExcept(this ReadOnlySpan<Reading> readings, Quality quality)
    {
        foreach (var reading in readings)
        {
            if (reading.Quality != quality)
            {
                return true;
            }
        }

        return false;
    }
}
