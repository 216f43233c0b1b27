using System.Collections.Immutable;

namespace Quartier.Domain.Time;

/// <summary>Days of a city's time zone on the axis of UTC milliseconds. Where clocks change, a day has 23 or 25 hours.</summary>
public static class LocalDays
{
    /// <summary>
    /// The edges of the local days that cover [<paramref name="fromMs"/>, <paramref name="toMs"/>): the first edge is at or before the start, the last
    /// at or after the end, each day lies between two neighbours. Where midnight does not exist, the day begins when the clocks have been put forward;
    /// where it exists twice, it begins with the first.
    /// </summary>
    /// <param name="zone">The city's zone.</param>
    /// <param name="fromMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="toMs">Greater than <paramref name="fromMs"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public static ImmutableArray<long> Edges(TimeZoneInfo zone, long fromMs, long toMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(toMs, fromMs);
        var day = DateOnly.FromDateTime(ToLocal(zone, fromMs));
        var edges = ImmutableArray.CreateBuilder<long>();
        for (var edge = StartOf(zone, day); ; edge = StartOf(zone, day))
        {
            edges.Add(edge);
            if (edge >= toMs)
            {
                return edges.ToImmutable();
            }

            day = day.AddDays(1);
        }
    }

    /// <summary>The zone's wall clock at an instant.</summary>
    /// <param name="zone">The city's zone.</param>
    /// <param name="ms">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public static DateTime ToLocal(TimeZoneInfo zone, long ms) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(ms), zone).DateTime;

    /// <summary>The instant at which a local day begins.</summary>
    /// <param name="zone">The city's zone.</param>
    /// <param name="day">The day.</param>
    /// <returns>Milliseconds since 1970-01-01T00:00:00Z.</returns>
    public static long StartOf(TimeZoneInfo zone, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var offset = zone.GetUtcOffset(midnight);
        if (zone.IsInvalidTime(midnight))
        {
            // Clocks jump over midnight: the day begins at the first instant whose wall clock shows it, which is where the old offset puts 00:00.
            offset = zone.GetUtcOffset(midnight.AddHours(-3));
        }
        else if (zone.IsAmbiguousTime(midnight))
        {
            offset = zone.GetAmbiguousTimeOffsets(midnight).Max();
        }

        return new DateTimeOffset(midnight, offset).ToUnixTimeMilliseconds();
    }
}
