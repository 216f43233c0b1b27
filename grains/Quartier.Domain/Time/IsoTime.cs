using System.Globalization;

namespace Quartier.Domain.Time;

/// <summary>
/// Instants as ISO 8601 / RFC 3339 text. A time without <c>Z</c> or an offset is not an instant and is refused: nobody guesses a zone.
/// </summary>
public static class IsoTime
{
    private const int DaysToEpoch = 719_162;
    private const long MsPerDay = 86_400_000;

    /// <summary>
    /// Reads <c>yyyy-MM-ddTHH:mm[:ss[.fraction]](Z|±HH:mm|±HHmm|±HH)</c>; <c>T</c> may be a space or lower case. Digits of the fraction beyond
    /// the third are cut off. Leap seconds and 24:00 are refused.
    /// </summary>
    /// <param name="text">ASCII.</param>
    /// <param name="ms">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        if (text.Length < 17 || !TryParseDate(text, out var days) || text[10] is not ((byte)'T' or (byte)'t' or (byte)' '))
        {
            return false;
        }

        if (!Digits(text, 11, 2, out var hour) || text[13] != ':' || !Digits(text, 14, 2, out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        var at = 16;
        if (!TryParseSeconds(text, ref at, out var secondMs) || !TryParseOffset(text[at..], out var offsetMinutes))
        {
            return false;
        }

        ms = (days * MsPerDay) + (((hour * 60L) + minute - offsetMinutes) * 60_000) + secondMs;
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out long)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out long ms)
    {
        const int longest = 64;
        Span<byte> ascii = stackalloc byte[longest];
        ms = 0;
        return text.Length <= longest
            && System.Text.Ascii.FromUtf16(text, ascii, out var written) == System.Buffers.OperationStatus.Done
            && TryParse(ascii[..written], out ms);
    }

    /// <summary>Length of what <see cref="Format(long)"/> writes.</summary>
    public const int Length = 24;

    /// <summary>Writes <c>2026-07-01T00:00:00.000Z</c>.</summary>
    /// <param name="ms">Milliseconds since 1970-01-01T00:00:00Z, years 1 … 9999.</param>
    public static string Format(long ms) => string.Create(Length, ms, static (text, instant) =>
    {
        Span<byte> ascii = stackalloc byte[Length];
        Format(instant, ascii);
        System.Text.Ascii.ToUtf16(ascii, text, out _);
    });

    /// <inheritdoc cref="Format(long)"/>
    /// <param name="ms">As there.</param>
    /// <param name="text">Where to; at least <see cref="Length"/> bytes.</param>
    public static void Format(long ms, Span<byte> text)
    {
        // The runtime has a way of its own for "O", several times as fast as any custom format; it has four digits more.
        Span<byte> roundTrip = stackalloc byte[28];
        DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime.TryFormat(roundTrip, out _, "O", CultureInfo.InvariantCulture);
        roundTrip[..(Length - 1)].CopyTo(text);
        text[Length - 1] = (byte)'Z';
    }

    private static bool TryParseDate(ReadOnlySpan<byte> text, out long days)
    {
        days = 0;
        if (!Digits(text, 0, 4, out var year) || text[4] != '-' || !Digits(text, 5, 2, out var month) || text[7] != '-'
            || !Digits(text, 8, 2, out var day))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - DaysToEpoch;
        return true;
    }

    private static bool TryParseSeconds(ReadOnlySpan<byte> text, ref int at, out long ms)
    {
        ms = 0;
        if (at >= text.Length || text[at] != ':')
        {
            return true;
        }

        if (!Digits(text, at + 1, 2, out var second) || second > 59)
        {
            return false;
        }

        at += 3;
        ms = second * 1000L;
        if (at >= text.Length || text[at] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var first = ++at;
        for (var scale = 100; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, scale /= 10)
        {
            ms += (text[at] - '0') * scale;
        }

        return at > first;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
        {
            return text.Length == 1;
        }

        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-') || !Digits(text, 1, 2, out var hours))
        {
            return false;
        }

        var rest = text[3..];
        if (rest.Length > 0 && rest[0] == ':')
        {
            rest = rest[1..];
            if (rest.Length == 0)
            {
                return false;
            }
        }

        var more = 0;
        if (rest.Length is not (0 or 2) || (rest.Length == 2 && !Digits(rest, 0, 2, out more)) || hours > 18 || more > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + more) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int at, int count, out int value)
    {
        value = 0;
        if (at + count > text.Length)
        {
            return false;
        }

        foreach (var b in text.Slice(at, count))
        {
            if (!char.IsAsciiDigit((char)b))
            {
                return false;
            }

            value = (value * 10) + (b - '0');
        }

        return true;
    }
}
