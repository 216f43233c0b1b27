using System.Numerics;

namespace Quartier.Gateway.Load;

/// <summary>
/// Counts durations in buckets that grow with the duration, so that every value is right to 1/32 at constant size. Not thread-safe: one
/// a connection, added up afterwards.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBuckets = 32;
    private const int SubBucketBits = 5;
    private readonly long ticksPerSecond;
    private readonly long[] counts = new long[(64 - SubBucketBits) * SubBuckets];

    /// <summary>Creates an empty histogram of durations in ticks, of which <paramref name="ticksPerSecond"/> make a second.</summary>
    public LatencyHistogram(long ticksPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ticksPerSecond);
        this.ticksPerSecond = ticksPerSecond;
    }

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Records one duration; a negative one counts as 0.</summary>
    public void Record(long ticks)
    {
        counts[Bucket(Math.Max(ticks, 0))]++;
        Count++;
    }

    /// <summary>Adds all durations of another histogram with the same ticks.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            counts[bucket] += other.counts[bucket];
        }

        Count += other.Count;
    }

    /// <summary>The duration that a share of all durations does not exceed, in milliseconds; 0 when there are none.</summary>
    /// <param name="share">0 … 1.</param>
    public double PercentileMs(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen >= wanted)
            {
                return UpperBound(bucket) * 1000.0 / ticksPerSecond;
            }
        }

        return 0;
    }

    private static int Bucket(long ticks)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)ticks) - SubBucketBits);
        return (shift * SubBuckets) + (int)(ticks >> shift);
    }

    private static double UpperBound(int bucket)
    {
        var shift = Math.Max(0, (bucket / SubBuckets) - 1);
        return ((bucket - ((double)shift * SubBuckets)) + (shift == 0 ? 0 : 1)) * Math.Pow(2, shift);
    }
}
