namespace Quartier.Storage.Retention;

/// <summary>Days of a time zone on the axis of UTC milliseconds.</summary>
internal static class LocalDay
{
    /// <summary>Further back than this no clock jumps over midnight.</summary>
    private const int LongestJumpHours = 3;

    /// <summary>Start and end of the local day that holds the time.</summary>
    public static (long StartMs, long EndMs) Around(TimeZoneInfo zone, long timeMs)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(timeMs), zone).DateTime);
        return (StartOf(zone, day), StartOf(zone, day.AddDays(1)));
    }

    // Where midnight does not exist the day begins where the clocks jump; where it exists twice, with the first.
    private static long StartOf(TimeZoneInfo zone, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var offset = zone.IsInvalidTime(midnight) ? zone.GetUtcOffset(midnight.AddHours(-LongestJumpHours))
            : zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max()
            : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUnixTimeMilliseconds();
    }
}
