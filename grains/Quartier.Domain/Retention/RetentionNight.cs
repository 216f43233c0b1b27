using System.Globalization;
using Quartier.Domain.Time;

namespace Quartier.Domain.Retention;

/// <summary>When the nightly run is due.</summary>
public static class RetentionNight
{
    /// <summary>After midnight: gateways have sent their last readings of the day by then, and nobody works yet.</summary>
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromHours(2.5);

    /// <summary>The last run that was due: the ISO date of its night, and its time in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public static (string Night, long DueMs) Last(TimeZoneInfo zone, long nowMs)
    {
        var today = DateOnly.FromDateTime(LocalDays.ToLocal(zone, nowMs));
        var due = DueOn(zone, today);
        return due <= nowMs ? (Name(today), due) : (Name(today.AddDays(-1)), DueOn(zone, today.AddDays(-1)));
    }

    /// <summary>When the next one is due.</summary>
    public static long NextMs(TimeZoneInfo zone, long nowMs)
    {
        var today = DateOnly.FromDateTime(LocalDays.ToLocal(zone, nowMs));
        var due = DueOn(zone, today);
        return due > nowMs ? due : DueOn(zone, today.AddDays(1));
    }

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long DueOn(TimeZoneInfo zone, DateOnly day) => LocalDays.StartOf(zone, day) + (long)AfterMidnight.TotalMilliseconds;
}
