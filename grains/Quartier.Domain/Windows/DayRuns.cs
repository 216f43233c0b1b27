using System.Collections.Immutable;

namespace Quartier.Domain.Windows;

/// <summary>
/// Splits local days, weeks or months into runs of equal length, since the store aggregates windows of one length: a run of days ends where clocks change.
/// </summary>
public static class DayRuns
{
    /// <summary>Runs of neighbouring days: start, end and the length of each day, in milliseconds.</summary>
    /// <param name="edges">Where days begin, ascending; the last is the end of the last day.</param>
    public static IEnumerable<(long StartMs, long EndMs, long DayMs)> Of(ImmutableArray<long> edges)
    {
        var first = 0;
        for (var i = 1; i < edges.Length; i++)
        {
            var length = edges[i] - edges[i - 1];
            if (i + 1 == edges.Length || edges[i + 1] - edges[i] != length)
            {
                yield return (edges[first], edges[i], length);
                first = i;
            }
        }
    }
}
