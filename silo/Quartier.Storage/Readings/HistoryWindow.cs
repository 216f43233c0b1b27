using Quartier.Contracts.Readings;

namespace Quartier.Storage.Readings;

/// <summary>All sealed readings of a datastream in [FromMs, ToMs), in memory to judge repeated ones.</summary>
internal sealed record HistoryWindow(long FromMs, long ToMs, Reading[] Readings, int[] ExpiryDays)
{
    /// <summary>Whether it can judge the time.</summary>
    public bool Covers(long timeMs) => timeMs >= FromMs && timeMs < ToMs;

    /// <summary>The sealed reading of the time and its expiry day.</summary>
    public bool TryFind(long timeMs, out Reading reading, out int expiryDay)
    {
        var at = Merging.LowerBound(Readings, timeMs);
        if (at < Readings.Length && Readings[at].TimeMs == timeMs)
        {
            (reading, expiryDay) = (Readings[at], ExpiryDays[at]);
            return true;
        }

        (reading, expiryDay) = (default, 0);
        return false;
    }
}
