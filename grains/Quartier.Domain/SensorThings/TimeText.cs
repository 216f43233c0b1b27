namespace Quartier.Domain.SensorThings;

/// <summary>Times as ISO 8601 writes them, read without exceptions. A reader says how many characters it took, 0 for none.</summary>
public static class TimeText
{
    private const long MsPerMinute = 60_000;
    private const long MsPerHour = 60 * MsPerMinute;
    private const long MsPerDay = 24 * MsPerHour;

    /// <summary>A thousand years: longer durations would leave the calendar.</summary>
    private const double MostDurationMs = 366_000.0 * MsPerDay;

    /// <summary>0001-01-01T00:00:00Z in milliseconds since 1970.</summary>
    public static long EarliestMs { get; } = -62_135_596_800_000;

    /// <summary>9999-12-31T23:59:59.999Z in milliseconds since 1970.</summary>
    public static long LatestMs { get; } = 253_402_300_799_999;

    /// <summary>An instant such as <c>2026-11-28T12:00:00.5+01:00</c> and nothing else. Without an offset it is UTC; finer than milliseconds is cut off.</summary>
    public static bool TryInstant(ReadOnlySpan<char> text, out long ms)
    {
        var taken = ReadInstant(text, out ms, out _);
        return taken > 0 && taken == text.Length;
    }

    /// <summary>An instant, or an interval <c>start/end</c>, <c>start/duration</c>; start and end are equal for an instant.</summary>
    public static bool TrySpan(ReadOnlySpan<char> text, out long startMs, out long endMs)
    {
        var taken = ReadInstant(text, out startMs, out _);
        endMs = startMs;
        if (taken == 0 || taken == text.Length)
        {
            return taken > 0;
        }

        var rest = ReadEnd(text[taken..], startMs, out endMs);
        return rest > 0 && taken + rest == text.Length;
    }

    /// <summary>The rest of an interval, from its slash on.</summary>
    public static int ReadEnd(ReadOnlySpan<char> text, long startMs, out long endMs)
    {
        endMs = startMs;
        if (text.IsEmpty || text[0] != '/')
        {
            return 0;
        }

        var taken = ReadInstant(text[1..], out endMs, out _);
        if (taken == 0)
        {
            taken = ReadDuration(text[1..], out var ms);
            endMs = startMs + ms;
        }

        return taken > 0 && endMs >= startMs && endMs <= LatestMs ? taken + 1 : 0;
    }

    /// <summary>A day, or a day with a time and an offset.</summary>
    public static int ReadInstant(ReadOnlySpan<char> text, out long ms, out bool isDay)
    {
        (ms, isDay) = (0, false);
        if (text.Length < 10 || text[4] != '-' || text[7] != '-' || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month)
            || !Digits(text[8..10], out var day) || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return 0;
        }

        ms = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerMillisecond + EarliestMs;
        if (text.Length == 10 || text[10] is not ('T' or 't'))
        {
            isDay = true;
            return 10;
        }

        var taken = ReadTimeOfDay(text[11..], out var timeMs);
        if (taken == 0)
        {
            return 0;
        }

        ms += timeMs;
        taken += 11;
        return ReadOffset(text[taken..], out var offsetMs) is var more && Within(ms -= offsetMs) ? taken + more : 0;
    }

    /// <summary>A time of day: hours, minutes, and perhaps seconds with a fraction. 24:00:00 ends a day, 60 seconds are a leap second.</summary>
    public static int ReadTimeOfDay(ReadOnlySpan<char> text, out long ms)
    {
        ms = 0;
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out var hour) || !Digits(text[3..5], out var minute) || hour > 24 || minute > 59)
        {
            return 0;
        }

        ms = hour * MsPerHour + minute * MsPerMinute;
        var taken = 5;
        if (text.Length >= 8 && text[5] == ':' && Digits(text[6..8], out var second) && second <= 60)
        {
            ms += Math.Min(second, 59) * 1000;
            taken = 8 + ReadFraction(text[8..], out var fraction);
            ms += second == 60 ? 999 : fraction;
        }

        return hour == 24 && ms != MsPerDay ? 0 : taken;
    }

    /// <summary>A duration such as <c>P1DT2H3M4.5S</c> or <c>-P1W</c>; a year has 365 days and a month 30.</summary>
    public static int ReadDuration(ReadOnlySpan<char> text, out long ms)
    {
        ms = 0;
        var at = !text.IsEmpty && text[0] == '-' ? 1 : 0;
        if (at >= text.Length || text[at] != 'P')
        {
            return 0;
        }

        var (sum, isTime, parts) = (0.0, false, 0);
        for (at++; at < text.Length; parts++)
        {
            if (!isTime && text[at] == 'T')
            {
                isTime = true;
                at++;
            }

            var digits = NumberLength(text[at..]);
            if (digits == 0 || at + digits >= text.Length || UnitMs(text[at + digits], isTime) is not (> 0 and var unit)
                || !double.TryParse(text.Slice(at, digits), System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                break;
            }

            sum += number * unit;
            at += digits + 1;
        }

        if (parts == 0 || text[at - 1] == 'T' || sum > MostDurationMs)
        {
            return 0;
        }

        ms = (long)Math.Round(text[0] == '-' ? -sum : sum);
        return at;
    }

    private static bool Within(long ms) => ms >= EarliestMs && ms <= LatestMs;

    // A plus that was not percent-encoded has become a blank.
    private static int ReadOffset(ReadOnlySpan<char> text, out long ms)
    {
        ms = 0;
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text[0] is 'Z' or 'z')
        {
            return 1;
        }

        if (text[0] is not ('+' or '-' or ' ') || text.Length < 3 || !Digits(text[1..3], out var hours) || hours > 18)
        {
            return 0;
        }

        var hasColon = text.Length > 3 && text[3] == ':';
        var minutes = 0;
        var taken = 3;
        if (text.Length >= (hasColon ? 6 : 5) && Digits(text.Slice(hasColon ? 4 : 3, 2), out minutes) && minutes <= 59)
        {
            taken = hasColon ? 6 : 5;
        }
        else if (text[0] == ' ' || hasColon)
        {
            return 0;
        }

        ms = (hours * MsPerHour + minutes * MsPerMinute) * (text[0] == '-' ? -1 : 1);
        return taken;
    }

    private static int ReadFraction(ReadOnlySpan<char> text, out int ms)
    {
        ms = 0;
        if (text.Length < 2 || text[0] is not ('.' or ',') || !char.IsAsciiDigit(text[1]))
        {
            return 0;
        }

        var (at, unit) = (1, 100);
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++, unit /= 10)
        {
            ms += (text[at] - '0') * unit;
        }

        return at;
    }

    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept("0123456789.");
        length = length < 0 ? text.Length : length;
        return length > 0 && text[0] != '.' && text[length - 1] != '.' && text[..length].Count('.') <= 1 ? length : 0;
    }

    private static long UnitMs(char unit, bool isTime) => (unit, isTime) switch
    {
        ('Y', false) => 365 * MsPerDay,
        ('M', false) => 30 * MsPerDay,
        ('W', false) => 7 * MsPerDay,
        ('D', false) => MsPerDay,
        ('H', true) => MsPerHour,
        ('M', true) => MsPerMinute,
        ('S', true) => 1000,
        _ => 0,
    };

    private static bool Digits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            number = number * 10 + (c - '0');
        }

        return true;
    }
}
