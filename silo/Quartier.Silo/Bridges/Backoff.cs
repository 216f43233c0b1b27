namespace Quartier.Silo.Bridges;

/// <summary>How long to wait before the next attempt: doubling, and spread at random, so that a broker that comes back is not met by all at once.</summary>
internal static class Backoff
{
    /// <summary>Most after the first failure.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Most at all: what a broker's restart may cost in freshness.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    /// <summary>The wait.</summary>
    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="share">At random, 0 … 1.</param>
    public static TimeSpan Wait(int failures, double share)
    {
        var most = failures > 16 ? Most : TimeSpan.FromTicks(Math.Min(Most.Ticks, First.Ticks << (failures - 1)));

        // At least a quarter: a broker that refuses at once is not asked in a tight loop.
        return most * (0.25 + (0.75 * share));
    }
}
