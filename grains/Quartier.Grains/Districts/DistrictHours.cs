using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;

namespace Quartier.Grains.Districts;

/// <summary>Hourly aggregates over all sensors of a district, put together from the minutes that they report.</summary>
internal sealed class DistrictHours
{
    private const long HourMs = 3_600_000;

    /// <summary>Hours kept for each property: the open one, the last complete one, and some for gateways that lag behind.</summary>
    public const int HoursKept = 4;

    private readonly SortedDictionary<string, SortedDictionary<long, AggregateRow>> _hours = new(StringComparer.Ordinal);

    /// <summary>Start of the hour in which a minute lies.</summary>
    public static long HourOf(in AggregateRow minute) => minute.StartMs - (minute.StartMs % HourMs);

    /// <summary>Adds a closed minute of one sensor.</summary>
    public void Add(string property, AggregateRow minute)
    {
        if (!_hours.TryGetValue(property, out var hours))
        {
            _hours[property] = hours = [];
        }

        var start = HourOf(minute);
        hours[start] = hours.TryGetValue(start, out var row)
            ? Merge(row, minute)
            : minute with { StartMs = start, EndMs = start + HourMs };
        while (hours.Count > HoursKept)
        {
            hours.Remove(hours.Keys.First());
        }
    }

    /// <summary>For each property the newest hour that has ended by now, if one is kept.</summary>
    public ImmutableArray<PropertyAggregate> LastComplete(long nowMs)
    {
        var rows = ImmutableArray.CreateBuilder<PropertyAggregate>();
        foreach (var (property, hours) in _hours)
        {
            foreach (var row in hours.Values.Reverse().Where(row => row.EndMs <= nowMs).Take(1))
            {
                rows.Add(new(property, row));
            }
        }

        return rows.ToImmutable();
    }

    private static AggregateRow Merge(AggregateRow hour, AggregateRow minute)
    {
        var newer = minute.LastMs >= hour.LastMs ? minute : hour;
        return hour with
        {
            Count = hour.Count + minute.Count,
            Sum = hour.Sum + minute.Sum,
            Min = Math.Min(hour.Min, minute.Min),
            Max = Math.Max(hour.Max, minute.Max),
            FirstMs = Math.Min(hour.FirstMs, minute.FirstMs),
            LastMs = newer.LastMs,
            LastValue = newer.LastValue,
            Flagged = hour.Flagged + minute.Flagged,
        };
    }
}
