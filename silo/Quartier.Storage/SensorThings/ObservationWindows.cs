using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Windows;

namespace Quartier.Storage.SensorThings;

/// <summary>Observations that are windows: minutes, quarters and hours of UTC, days, weeks and months of the city's time zone.</summary>
internal static class ObservationWindows
{
    private const long MsPerMinute = 60_000;
    private const long MsPerDay = 24 * 60 * MsPerMinute;

    /// <summary>No window is asked for beyond this time: a year before the calendar's end, so that every window has one.</summary>
    public static long LatestMs { get; } = Domain.SensorThings.TimeText.LatestMs - 366 * MsPerDay;

    /// <summary>About how long such a window is.</summary>
    public static long NominalMs(Resolution resolution) => resolution switch
    {
        Resolution.Minute => MsPerMinute,
        Resolution.Quarter => 15 * MsPerMinute,
        Resolution.Hour => 60 * MsPerMinute,
        Resolution.Day => MsPerDay,
        Resolution.Week => 7 * MsPerDay,
        _ => 30 * MsPerDay,
    };

    /// <summary>The windows that begin in the range and end within what may be seen, in order.</summary>
    public static async ValueTask<List<ObservationRow>> ReadAsync(
        IReadingStore readings, ObservationSight sight, int source, (long FromMs, long ToMs) range, CancellationToken cancellationToken)
    {
        var numbers = sight.Source.Numbers;
        var found = new List<AggregateRow>();
        var components = numbers.Skip(1).Select(_ => new Dictionary<long, double>()).ToList();
        foreach (var run in Runs(sight, range))
        {
            found.AddRange(await AggregateAsync(readings, numbers[0], run, cancellationToken).ConfigureAwait(false));
            for (var i = 0; i < components.Count; i++)
            {
                foreach (var row in await AggregateAsync(readings, numbers[i + 1], run, cancellationToken).ConfigureAwait(false))
                {
                    components[i][row.StartMs] = Result(sight, row);
                }
            }
        }

        var others = new ObservationComponents(components);
        var rows = new List<ObservationRow>();
        foreach (var row in found)
        {
            var isSeen = row.StartMs >= range.FromMs && row.StartMs < range.ToMs && row.EndMs <= sight.ToMs && row.StartMs >= sight.FromMs;
            if (isSeen && ObservationId.Of(numbers[0], row.StartMs) is { } id)
            {
                rows.Add(new ObservationRow(id, source, row.StartMs, row.EndMs, Result(sight, row), Quality.Good, others.At(row.StartMs)));
            }
        }

        return rows;
    }

    private static ValueTask<IReadOnlyList<AggregateRow>> AggregateAsync(
        IReadingStore readings, int number, (long StartMs, long EndMs, long WindowMs) run, CancellationToken cancellationToken) =>
        readings.AggregateAsync(number, run.StartMs, run.EndMs, run.WindowMs, run.StartMs, cancellationToken);

    private static double Result(ObservationSight sight, AggregateRow row) => sight.Sum ? row.Sum : row.Sum / row.Count;

    // Whole windows only: the readings of a part of one must not be told from those of the rest.
    private static IEnumerable<(long StartMs, long EndMs, long WindowMs)> Runs(ObservationSight sight, (long FromMs, long ToMs) range)
    {
        if (sight.Window >= Resolution.Day)
        {
            var latestMs = Math.Min(range.ToMs, LatestMs);
            return latestMs <= range.FromMs
                ? []
                : DayRuns.Of(CalendarWindows.Edges(sight.Window, TimeZoneInfo.FindSystemTimeZoneById(sight.TimeZone), range.FromMs, latestMs));
        }

        var windowMs = NominalMs(sight.Window);
        var startMs = range.FromMs / windowMs * windowMs;
        var endMs = range.ToMs > long.MaxValue - windowMs ? range.ToMs / windowMs * windowMs : (range.ToMs + windowMs - 1) / windowMs * windowMs;
        return startMs < endMs ? [(startMs, endMs, windowMs)] : [];
    }
}
