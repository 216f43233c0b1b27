using Quartier.Api.Http;
using Quartier.Api.Native.Readings;
using Quartier.Api.Native.Sensors;
using Quartier.Contracts.Districts;
using Quartier.Domain.Publication;
using Quartier.Domain.Time;

namespace Quartier.Api.OpenData;

/// <summary>Reads published cells: whole months are decided on, and of these the asked range is answered.</summary>
internal sealed class PublishedReader(PublishedMonths months, SensorReader sensors)
{
    private const int DaysOfWeek = 7;

    /// <summary>The cells that lie within the range, by time and then by cell.</summary>
    public async Task<Outcome<List<PublishedCell>>> ReadAsync(PublishedStream stream, PublicationQuery query, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(stream.City.City.TimeZone);
        var range = query.Range;
        if (range.FromMs >= range.ToMs)
        {
            return new List<PublishedCell>();
        }

        var weeks = query.Resolution == Resolution.Week ? Weeks(zone, range) : [];
        var touched = weeks.Count == 0 ? range : new TimeRange(Math.Min(range.FromMs, weeks[0].StartMs), Math.Max(range.ToMs, weeks[^1].EndMs));
        var cells = new List<PublishedCell>();
        foreach (var month in PublishedMonths.Touching(zone, touched.FromMs, touched.ToMs))
        {
            if (!(await months.ReadAsync(stream, sensors, zone, month, cancellationToken).ConfigureAwait(false)).TryGet(out var table, out var problem))
            {
                return problem;
            }

            cells.AddRange(table.Cells(query.Resolution == Resolution.Week ? Resolution.Day : query.Resolution));
        }

        return query.Resolution == Resolution.Week
            ? PublishedWeeks.Of(cells, weeks, stream.Measure).ToList()
            : cells.FindAll(c => c.StartMs >= range.FromMs && c.EndMs <= range.ToMs);
    }

    /// <summary>Whole weeks within the range; the first may begin before it when the range does not begin on a Monday, and is left out then.</summary>
    private static List<(long StartMs, long EndMs)> Weeks(TimeZoneInfo zone, TimeRange range)
    {
        var day = DateOnly.FromDateTime(LocalDays.ToLocal(zone, range.FromMs));
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % DaysOfWeek));
        var weeks = new List<(long StartMs, long EndMs)>();
        for (; ; monday = monday.AddDays(DaysOfWeek))
        {
            var (start, end) = (LocalDays.StartOf(zone, monday), LocalDays.StartOf(zone, monday.AddDays(DaysOfWeek)));
            if (end > range.ToMs)
            {
                return weeks;
            }

            if (start >= range.FromMs)
            {
                weeks.Add((start, end));
            }
        }
    }
}
