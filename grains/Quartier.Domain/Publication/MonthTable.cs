using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Publication;

/// <summary>
/// Everything that was measured in one month of the city's time zone, by cell and hour, day and month. Cells and times are fixed: nobody can ask for
/// others, hence nothing can be told by shifting a window.
/// </summary>
public sealed class MonthTable
{
    private readonly CellMeasure _measure;

    /// <summary>Begins an empty table.</summary>
    /// <param name="dayEdges">Where the month's local days begin, ascending, and the end of the last; see LocalDays.</param>
    /// <param name="measure">What is published.</param>
    public MonthTable(ImmutableArray<long> dayEdges, CellMeasure measure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dayEdges.Length, 2);
        _measure = measure;
        Month = new Slot(dayEdges[0], dayEdges[^1]);
        Days = [.. dayEdges.Skip(1).Select((end, i) => new Slot(dayEdges[i], end))];
        Hours = [.. Days.Select(_ => new SortedDictionary<long, Slot>())];
    }

    /// <summary>The month as one slot.</summary>
    internal Slot Month { get; }

    /// <summary>Its days.</summary>
    internal ImmutableArray<Slot> Days { get; }

    /// <summary>The hours of each day by their start.</summary>
    internal ImmutableArray<SortedDictionary<long, Slot>> Hours { get; }

    /// <summary>What is published.</summary>
    internal CellMeasure Measure => _measure;

    /// <summary>Adds what one unit measured: its hours in order of time; those outside the month are left out.</summary>
    /// <param name="cell">Id of the unit's cell; not empty.</param>
    /// <param name="hours">Hourly aggregates of the unit.</param>
    public void AddUnit(string cell, IReadOnlyList<AggregateRow> hours)
    {
        ArgumentException.ThrowIfNullOrEmpty(cell);
        var (monthSum, monthCount) = (0.0, 0L);
        var first = 0;
        for (var day = 0; day < Days.Length; day++)
        {
            var (daySum, dayCount) = (0.0, 0L);
            while (first < hours.Count && hours[first].StartMs < Days[day].EndMs)
            {
                var hour = hours[first++];
                if (hour.StartMs >= Days[day].StartMs)
                {
                    HourOf(day, hour).Add(cell, Contribution(hour.Sum, hour.Count));
                    daySum += hour.Sum;
                    dayCount += hour.Count;
                }
            }

            if (dayCount > 0)
            {
                Days[day].Add(cell, Contribution(daySum, dayCount));
                monthSum += daySum;
                monthCount += dayCount;
            }
        }

        if (monthCount > 0)
        {
            Month.Add(cell, Contribution(monthSum, monthCount));
        }
    }

    private Slot HourOf(int day, AggregateRow hour)
    {
        if (!Hours[day].TryGetValue(hour.StartMs, out var slot))
        {
            Hours[day][hour.StartMs] = slot = new Slot(hour.StartMs, hour.EndMs);
        }

        return slot;
    }

    private double Contribution(double sum, long count) => _measure == CellMeasure.Mean ? sum / count : sum;
}
