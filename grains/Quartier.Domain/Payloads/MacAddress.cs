namespace Quartier.Domain.Payloads;

/// <summary>Hardware addresses of 48 bits: 3c:22:fb:00:11:22, 3C-22-FB-00-11-22, 3c22.fb00.1122, 3c22fb001122.</summary>
internal static class MacAddress
{
    private const int Bare = 12;
    private const int Dotted = 14;
    private const int Paired = 17;

    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i + Bare <= text.Length; i++)
        {
            var begins = char.IsAsciiHexDigit((char)text[i]) && (i == 0 || !IsInside(text[i - 1]));
            if (begins && (IsPaired(text[i..]) || IsDotted(text[i..]) || IsBare(text[i..])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPaired(ReadOnlySpan<byte> text)
    {
        if (text.Length < Paired || text[2] is not ((byte)':' or (byte)'-'))
        {
            return false;
        }

        var separator = text[2];
        for (var i = 0; i < Paired; i++)
        {
            if (i % 3 == 2 ? text[i] != separator : !char.IsAsciiHexDigit((char)text[i]))
            {
                return false;
            }
        }

        // 26-07-01-12-00-00 is a time more often than an address.
        return !GoesOn(text, Paired, separator) && (separator == ':' || HasLetter(text[..Paired]));
    }

    private static bool IsDotted(ReadOnlySpan<byte> text)
    {
        if (text.Length < Dotted)
        {
            return false;
        }

        for (var i = 0; i < Dotted; i++)
        {
            if (i is 4 or 9 ? text[i] != '.' : !char.IsAsciiHexDigit((char)text[i]))
            {
                return false;
            }
        }

        return !GoesOn(text, Dotted, (byte)'.') && HasLetter(text[..Dotted]);
    }

    private static bool IsBare(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept("0123456789abcdefABCDEF"u8);
        return (end < 0 ? text.Length : end) == Bare
            && !GoesOn(text, Bare, (byte)'-')
            && HasLetter(text[..Bare]) && text[..Bare].IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;
    }

    private static bool GoesOn(ReadOnlySpan<byte> text, int length, byte separator) =>
        text.Length > length
        && (char.IsAsciiLetterOrDigit((char)text[length])
            || (text[length] == separator && text.Length > length + 1 && char.IsAsciiHexDigit((char)text[length + 1])));

    private static bool HasLetter(ReadOnlySpan<byte> text) => text.IndexOfAny("abcdefABCDEF"u8) >= 0;

    private static bool IsInside(byte before) => char.IsAsciiLetterOrDigit((char)before) || before is (byte)':' or (byte)'-' or (byte)'.';
}
