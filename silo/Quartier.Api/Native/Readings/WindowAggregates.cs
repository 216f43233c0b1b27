using Quartier.Contracts.Readings;
using Quartier.Domain.Time;

namespace Quartier.Api.Native.Readings;

/// <summary>Aggregates a datastream over whole windows: quarters and hours of UTC, days of the city's time zone.</summary>
internal static class WindowAggregates
{
    /// <summary>Windows in one answer: a year of hours, or a month of minutes' quarters three times over.</summary>
    public const int WindowsMax = 10_000;

    private const long MsPerDay = 86_400_000;

    /// <summary>The range widened to whole windows.</summary>
    public static TimeRange Widen(TimeRange range, AggregateWindow window) => window.Ms is not { } ms
        ? range
        : new(range.FromMs - Remainder(range.FromMs, ms), range.ToMs + ((ms - Remainder(range.ToMs, ms)) % ms));

    /// <summary>How many windows the range touches, to the day.</summary>
    public static long Count(TimeRange range, AggregateWindow window) => (range.ToMs - range.FromMs) / (window.Ms ?? MsPerDay);

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

        foreach (var (start, end, day) in DayRuns.Of(LocalDays.Edges(zone, range.FromMs, range.ToMs)))
        {
            rows.AddRange(await store.AggregateAsync(number, start, end, day, start, cancellationToken).ConfigureAwait(false));
        }

        return rows;
    }

    private static long Remainder(long ms, long window) => ((ms % window) + window) % window;
}
