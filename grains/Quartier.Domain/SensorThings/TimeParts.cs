using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Parts of times, in UTC.</summary>
public static class TimeParts
{
    private const long MsPerDay = 86_400_000;

    /// <summary>What the function takes out of the time; of <c>date</c> and <c>time</c> milliseconds. Null outside the years 1 … 9999.</summary>
    /// <param name="function">One of <see cref="Function.Year"/> … <see cref="Function.TotalOffsetMinutes"/>.</param>
    /// <param name="ms">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public static double? Of(Function function, long ms)
    {
        if (ms < TimeText.EarliestMs || ms > TimeText.LatestMs)
        {
            return null;
        }

        var time = DateTime.UnixEpoch.AddMilliseconds(ms);
        var ofDay = ((ms % MsPerDay) + MsPerDay) % MsPerDay;
        return function switch
        {
            Function.Year => time.Year,
            Function.Month => time.Month,
            Function.Day => time.Day,
            Function.Hour => time.Hour,
            Function.Minute => time.Minute,
            Function.Second => time.Second,
            Function.FractionalSeconds => time.Millisecond / 1000.0,
            Function.Date => ms - ofDay,
            Function.Time => ofDay,
            Function.TotalOffsetMinutes => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "It takes no part out of a time."),
        };
    }
}
