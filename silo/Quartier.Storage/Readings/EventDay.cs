using System.Globalization;

namespace Quartier.Storage.Readings;

/// <summary>UTC days counted from 1970-01-01.</summary>
internal static class EventDay
{
    /// <summary>Length of a day.</summary>
    public const long LengthMs = 86_400_000;

    /// <summary>0001-01-01.</summary>
    public const long EarliestMs = -62_135_596_800_000;

    /// <summary>9800-01-01, so that a time and a century of retention have an ISO date.</summary>
    public const long LatestMs = 247_091_558_400_000;

    private static readonly int s_epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The day of the time.</summary>
    public static int Of(long timeMs) => (int)(timeMs >= 0 ? timeMs / LengthMs : ((timeMs + 1) / LengthMs) - 1);

    /// <summary>First millisecond of the day.</summary>
    public static long StartMs(int day) => day * LengthMs;

    /// <summary>The ISO date, which names partition files.</summary>
    public static string Name(int day) => DateOnly.FromDayNumber(s_epoch + day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day that a name stands for, or null.</summary>
    public static int? Parse(string name) =>
        DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.DayNumber - s_epoch : null;
}
