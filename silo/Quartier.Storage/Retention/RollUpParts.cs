using System.Runtime.InteropServices;
using Quartier.Contracts.Readings;
using Quartier.Domain.Time;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>Sums readings into hours and days.</summary>
internal static class RollUpParts
{
    /// <summary>Length of an hour.</summary>
    public const long HourMs = 3_600_000;

    /// <summary>The hours of readings of one datastream that one partition file held; in order of time, each hour and UTC day apart.</summary>
    public static IEnumerable<RollUpRow> Hours(RollUpSource source, ReadOnlySpan<Reading> readings) =>
        Sum(source, RollUpResolution.Hour, readings, timeMs => (Floor(timeMs, HourMs), Floor(timeMs, HourMs) + HourMs));

    /// <summary>The local days of the same.</summary>
    public static IEnumerable<RollUpRow> Days(RollUpSource source, ReadOnlySpan<Reading> readings, TimeZoneInfo zone)
    {
        var day = (StartMs: long.MaxValue, EndMs: long.MinValue);
        return Sum(source, RollUpResolution.Day, readings, timeMs =>
            day = timeMs >= day.StartMs && timeMs < day.EndMs ? day : Around(zone, timeMs));
    }

    private static Dictionary<(long, int), RollUpRow>.ValueCollection Sum(
        RollUpSource source, RollUpResolution resolution, ReadOnlySpan<Reading> readings, Func<long, (long StartMs, long EndMs)> windowOf)
    {
        var rows = new Dictionary<(long, int), RollUpRow>();
        foreach (var reading in readings)
        {
            var (startMs, endMs) = windowOf(reading.TimeMs);
            var sourceDay = EventDay.Of(reading.TimeMs);
            ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, (startMs, sourceDay), out var exists);
            if (!exists)
            {
                row = new RollUpRow(
                    source.Datastream, resolution, startMs, endMs, sourceDay, source.ExpiryDay, source.File, 0, 0, 0,
                    double.PositiveInfinity, double.NegativeInfinity);
            }

            row = row.With(reading);
        }

        return rows.Values;
    }

    private static (long StartMs, long EndMs) Around(TimeZoneInfo zone, long timeMs)
    {
        var edges = LocalDays.Edges(zone, timeMs, timeMs + 1);
        return (edges[0], edges[1]);
    }

    private static long Floor(long timeMs, long windowMs) => timeMs - (((timeMs % windowMs) + windowMs) % windowMs);
}
