using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Domain.Time;

namespace Quartier.Domain.Windows;

/// <summary>Days, ISO weeks and months of a city's time zone.</summary>
public static class CalendarWindows
{
    private const int DaysPerWeek = 7;

    /// <summary>Where the windows begin that cover the range; the last edge is the end of the last window.</summary>
    /// <param name="resolution">Day, week or month.</param>
    /// <param name="zone">The city's zone.</param>
    /// <param name="fromMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="toMs">Greater than <paramref name="fromMs"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public static ImmutableArray<long> Edges(Resolution resolution, TimeZoneInfo zone, long fromMs, long toMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(toMs, fromMs);
        if (resolution == Resolution.Day)
        {
            return LocalDays.Edges(zone, fromMs, toMs);
        }

        var day = First(resolution, DateOnly.FromDateTime(LocalDays.ToLocal(zone, fromMs)));
        var edges = ImmutableArray.CreateBuilder<long>();
        for (var edge = LocalDays.StartOf(zone, day); ; edge = LocalDays.StartOf(zone, day))
        {
            edges.Add(edge);
            if (edge >= toMs)
            {
                return edges.ToImmutable();
            }

            day = resolution == Resolution.Week ? day.AddDays(DaysPerWeek) : day.AddMonths(1);
        }
    }

    /// <summary>An ISO week begins on Monday (ISO 8601).</summary>
    private static DateOnly First(Resolution resolution, DateOnly day) => resolution == Resolution.Week
        ? day.AddDays(-(((int)day.DayOfWeek + DaysPerWeek - 1) % DaysPerWeek))
        : new DateOnly(day.Year, day.Month, 1);
}
