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
        var number = sight.Source.Numbers[0];
        var rows = new List<ObservationRow>();
        foreach (var (startMs, endMs, windowMs) in Runs(sight, range))
        {
            foreach (var row in await readings.AggregateAsync(number, startMs, endMs, windowMs, startMs, cancellationToken).ConfigureAwait(false))
            {
                var isSeen = row.StartMs >= range.FromMs && row.StartMs < range.ToMs && row.EndMs <= sight.ToMs && row.StartMs >= sight.FromMs;
                if (isSeen && ObservationId.Of(number, row.StartMs) is { } id)
                {
                    rows.Add(new ObservationRow(id, source, row.StartMs, row.EndMs, sight.Sum ? row.Sum : row.Sum / row.Count, Quality.Good, []));
                }
            }
        }

        return rows;
    }

    // Whole windows only: the readings of a part of one must not be told from those of the rest.
    private static IEnumerable<(long StartMs, long EndMs, long WindowMs)> Runs(ObservationSight sight, (long FromMs, long ToMs) range)
    {
        if (sight.Window >= Resolution.Day)
        {
            var latestMs = Math.Min(range.ToMs, Domain.SensorThings.TimeText.LatestMs - 366 * MsPerDay);
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
