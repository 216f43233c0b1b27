using System.Globalization;
using System.Text;

namespace Quartier.Domain.Time;

/// <summary>ISO 8601 durations of fixed length: weeks, days, hours, minutes, seconds. Years and months have no fixed length and are refused.</summary>
public static class IsoDuration
{
    /// <summary>Reads for example <c>PT15M</c>, <c>P1D</c>, <c>P1DT12H</c>, <c>PT0.5S</c>; at most 100 years.</summary>
    /// <param name="text">The duration; units in order, each at most once, only the last with a fraction, no sign.</param>
    /// <param name="ms">Its length in milliseconds, at least 0.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out long ms)
    {
        const decimal longestMs = 36_525m * 86_400_000m;
        ms = 0;
        if (text.Length < 3 || text[0] != 'P')
        {
            return false;
        }

        var rest = text[1..];
        var inTime = false;
        var rank = 0;
        decimal total = 0;
        while (rest.Length > 0)
        {
            if (rest[0] == 'T' && !inTime)
            {
                inTime = true;
                rest = rest[1..];
                if (rest.Length == 0)
                {
                    return false;
                }
            }

            if (!TryPart(ref rest, inTime, ref rank, out var part))
            {
                return false;
            }

            total += part;
        }

        if (total > longestMs || total != decimal.Truncate(total))
        {
            return false;
        }

        ms = (long)total;
        return true;
    }

    /// <summary>Writes the shortest of the forms that <see cref="TryParse"/> reads, with days, hours, minutes, seconds: <c>P1D</c>, <c>PT1H30M</c>.</summary>
    /// <param name="ms">At least 0.</param>
    public static string Format(long ms)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ms);
        if (ms == 0)
        {
            return "PT0S";
        }

        var text = new StringBuilder("P");
        Append(text, ms / 86_400_000, 'D');
        var time = ms % 86_400_000;
        if (time == 0)
        {
            return text.ToString();
        }

        text.Append('T');
        Append(text, time / 3_600_000, 'H');
        Append(text, time / 60_000 % 60, 'M');
        if (time % 60_000 != 0)
        {
            text.Append((time % 60_000 / 1000m).ToString("0.###", CultureInfo.InvariantCulture)).Append('S');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, long count, char unit)
    {
        if (count > 0)
        {
            text.Append(count.ToString(CultureInfo.InvariantCulture)).Append(unit);
        }
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, bool inTime, ref int rank, out decimal ms)
    {
        ms = 0;
        var length = rest.IndexOfAnyExcept("0123456789.,");
        if (length is < 1 or > 15)
        {
            return false;
        }

        var (order, unit) = Unit(rest[length], inTime);
        var number = rest[..length];
        var whole = number.IndexOfAny('.', ',') < 0;
        rest = rest[(length + 1)..];
        if (order <= rank || (!whole && rest.Length > 0))
        {
            return false;
        }

        rank = order;
        var parsed = decimal.TryParse(number.ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count);
        ms = count * unit;
        return parsed;
    }

    private static (int Order, long Ms) Unit(char unit, bool inTime) => (unit, inTime) switch
    {
        ('W', false) => (1, 604_800_000),
        ('D', false) => (2, 86_400_000),
        ('H', true) => (3, 3_600_000),
        ('M', true) => (4, 60_000),
        ('S', true) => (5, 1000),
        _ => (0, 0),
    };
}
