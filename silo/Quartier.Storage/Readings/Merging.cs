using Quartier.Contracts.Readings;

namespace Quartier.Storage.Readings;

/// <summary>What becomes of two readings of one datastream and time. The order does not matter, and merging again changes nothing.</summary>
internal static class Merging
{
    /// <summary>The quality bits that are stored; the upper byte is derived when readings are read.</summary>
    public const Quality StoredBits = (Quality)0xFF;

    /// <summary>The greater value wins; that there were two is noted.</summary>
    public static Reading Merge(in Reading stored, in Reading other)
    {
        if (stored.Value == other.Value)
        {
            return stored with { Quality = stored.Quality | (other.Quality & Quality.Contradicted) };
        }

        var winner = stored.Value > other.Value ? stored : other;
        return winner with { Quality = winner.Quality | Quality.Contradicted };
    }

    /// <summary>Merges two runs in ascending order of time.</summary>
    public static Reading[] Merge(ReadOnlySpan<Reading> stored, ReadOnlySpan<Reading> other)
    {
        var merged = new Reading[stored.Length + other.Length];
        var (count, i, j) = (0, 0, 0);
        while (i < stored.Length && j < other.Length)
        {
            var order = stored[i].TimeMs.CompareTo(other[j].TimeMs);
            merged[count++] = order switch
            {
                < 0 => stored[i++],
                > 0 => other[j++],
                _ => Merge(stored[i++], other[j++]),
            };
        }

        stored[i..].CopyTo(merged.AsSpan(count));
        count += stored.Length - i;
        other[j..].CopyTo(merged.AsSpan(count));
        count += other.Length - j;
        return count == merged.Length ? merged : merged[..count];
    }

    /// <summary>Index of the first reading at or after the time, in ascending order of time.</summary>
    public static int LowerBound(ReadOnlySpan<Reading> readings, long timeMs)
    {
        var (low, high) = (0, readings.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (readings[middle].TimeMs < timeMs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The readings in [fromMs, toMs).</summary>
    public static ReadOnlySpan<Reading> Within(ReadOnlySpan<Reading> readings, long fromMs, long toMs)
    {
        var start = LowerBound(readings, fromMs);
        return readings[start..Math.Max(start, LowerBound(readings, toMs))];
    }
}
