namespace Quartier.Domain.Payloads;

/// <summary>
/// Telephone numbers: E.164 with <c>+</c> or <c>00</c>, and German ones with their leading 0. Dates, times and plain decimals are none:
/// without a country code the first group has three digits or more, and '.' does not part groups.
/// </summary>
internal static class PhoneNumber
{
    /// <summary>E.164: at most 15 digits; fewer than 8 are short numbers of services.</summary>
    private const int LeastDigits = 8;
    private const int MostDigits = 15;

    /// <summary>A German number with its leading 0.</summary>
    private const int MostNational = 13;

    private const int LongestWritten = 30;

    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i + LeastDigits < text.Length; i++)
        {
            var starts = text[i] == '+'
                ? i == 0 || !char.IsAsciiLetterOrDigit((char)text[i - 1])
                : text[i] == '0' && (i == 0 || !IsInside(text[i - 1]));
            if (starts && IsNumber(text.Slice(i, Math.Min(LongestWritten, text.Length - i))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text[0] == '+')
        {
            return text[1] is >= (byte)'1' and <= (byte)'9' && Count(text[1..], " -/.()"u8, out _, out _) is >= LeastDigits and <= MostDigits;
        }

        if (text[1] == '0')
        {
            return text[2] is >= (byte)'1' and <= (byte)'9' && Count(text[2..], " -/()"u8, out _, out _) is > LeastDigits and <= MostNational;
        }

        var digits = Count(text, " -/"u8, out var firstGroup, out var groups);
        if (groups > 1)
        {
            return firstGroup is >= 3 and <= 6 && digits is >= LeastDigits and <= MostNational;
        }

        var isMobile = text[1] == '1' && text[2] is >= (byte)'5' and <= (byte)'7';
        return isMobile ? digits is 11 or 12 : text[1] is >= (byte)'2' and <= (byte)'9' && digits is >= 10 and <= 12;
    }

    /// <summary>Digits up to the end of the number; groups may be parted by up to three separators, such as <c> / </c> or <c> (0</c>.</summary>
    private static int Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separators, out int firstGroup, out int groups)
    {
        const int mostSeparators = 3;
        var (digits, parted) = (0, 0);
        (firstGroup, groups) = (0, 1);
        foreach (var b in text)
        {
            if ((uint)(b - '0') <= 9)
            {
                groups += parted > 0 ? 1 : 0;
                parted = 0;
                digits++;
                firstGroup += groups == 1 ? 1 : 0;
            }
            else if (!separators.Contains(b) || ++parted > mostSeparators)
            {
                // A letter, colon or point that touches the last digit makes it something else: a time, a code, a decimal.
                return parted == 0 && (char.IsAsciiLetter((char)b) || b is (byte)':' or (byte)'_') ? 0 : digits;
            }
        }

        return digits;
    }

    private static bool IsInside(byte before) =>
        char.IsAsciiLetterOrDigit((char)before) || before is (byte)'.' or (byte)',' or (byte)':' or (byte)'-' or (byte)'/' or (byte)'+' or (byte)'_';
}
