using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Domain.Time;

namespace Quartier.Api.Native.Readings;

/// <summary>Days, ISO weeks and months of a city's time zone.</summary>
internal static class CalendarWindows
{
    private const int DaysPerWeek = 7;

    /// <summary>Where the windows begin that cover the range; the last edge is the end of the last window. The range must not be empty.</summary>
    public static ImmutableArray<long> Edges(Resolution resolution, TimeZoneInfo zone, TimeRange range)
    {
        if (resolution == Resolution.Day)
        {
            return LocalDays.Edges(zone, range.FromMs, range.ToMs);
        }

        var day = First(resolution, DateOnly.FromDateTime(LocalDays.ToLocal(zone, range.FromMs)));
        var edges = ImmutableArray.CreateBuilder<long>();
        for (var edge = LocalDays.StartOf(zone, day); ; edge = LocalDays.StartOf(zone, day))
        {
            edges.Add(edge);
            if (edge >= range.ToMs)
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
