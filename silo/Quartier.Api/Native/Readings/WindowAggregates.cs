using Quartier.Contracts.Readings;
using Quartier.Domain.Windows;

namespace Quartier.Api.Native.Readings;

/// <summary>Aggregates a datastream over whole windows: minutes, quarters and hours of UTC; days, weeks and months of the city's time zone.</summary>
internal static class WindowAggregates
{
    /// <summary>Windows in one answer: a year of hours, a quarter of a year of quarters, or a week of minutes.</summary>
    public const int WindowsMax = 10_000;

    /// <summary>What a window costs, in readings: it cuts the blocks at its edges in two, and these are decoded.</summary>
    public const int ReadingsOfAWindow = 20;

    /// <summary>The range widened to whole windows.</summary>
    public static TimeRange Widen(TimeRange range, AggregateWindow window) => window.Ms is not { } ms
        ? range
        : new(range.FromMs - Remainder(range.FromMs, ms), range.ToMs + ((ms - Remainder(range.ToMs, ms)) % ms));

    /// <summary>How many windows the range touches, to the day.</summary>
    public static long Count(TimeRange range, AggregateWindow window) => (range.ToMs - range.FromMs) / window.ShortestMs;

    /// <summary>One row for each window that touches the range and holds readings.</summary>
    public static async Task<List<AggregateRow>> ReadAsync(
        IReadingStore store, int number, TimeRange range, AggregateWindow window, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var rows = new List<AggregateRow>();
        if (range.FromMs >= range.ToMs)
        {
            return rows;
        }

        if (window.Ms is { } ms)
        {
            rows.AddRange(await store.AggregateAsync(number, range.FromMs, range.ToMs, ms, 0, cancellationToken).ConfigureAwait(false));
            return rows;
        }

        foreach (var (start, end, day) in DayRuns.Of(CalendarWindows.Edges(window.Resolution, zone, range.FromMs, range.ToMs)))
        {
            rows.AddRange(await store.AggregateAsync(number, start, end, day, start, cancellationToken).ConfigureAwait(false));
        }

        return rows;
    }

    private static long Remainder(long ms, long window) => ((ms % window) + window) % window;
}
