using System.Text.RegularExpressions;

namespace Quartier.Domain.Payloads;

/// <summary>
/// Number plates of vehicles. As a whole text: those of Germany in any case, those of the other states of the European Union in capitals.
/// Inside a longer text: German ones as they are printed, MS-AB 123.
/// </summary>
internal static partial class NumberPlate
{
    private const int Longest = 14;

    public static bool IsIn(ReadOnlySpan<byte> text) => IsWhole(text.Trim(" \t\r\n"u8)) || IsInside(text);

    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 4 or > Longest)
        {
            return false;
        }

        Span<char> shape = stackalloc char[Longest];
        if (!TryShape(text, shape, out var length, out var isCapital))
        {
            return false;
        }

        // MS-AB 123, ms ab123: up to three letters, up to two, up to four digits, E for electric, H for historic.
        return (German().IsMatch(shape[..length]) && EndsAsInGermany(text)) || (isCapital && European().IsMatch(shape[..length]));
    }

    /// <summary>No number begins with 0, and the only letters after it are E and H.</summary>
    private static bool EndsAsInGermany(ReadOnlySpan<byte> text) =>
        text[text.IndexOfAnyInRange((byte)'0', (byte)'9')] != '0' && (char.IsAsciiDigit((char)text[^1]) || (text[^1] | 0x20) is 'e' or 'h');

    /// <summary>L for a letter, D for a digit, '-' for what parts; false when there is anything else.</summary>
    private static bool TryShape(ReadOnlySpan<byte> text, Span<char> shape, out int length, out bool isCapital)
    {
        (length, isCapital) = (0, true);
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (char.IsAsciiLetter((char)b) || IsUmlaut(text, i))
            {
                isCapital &= !char.IsAsciiLetterLower((char)b);
                i += b == 0xC3 ? 1 : 0;
                shape[length++] = 'L';
            }
            else if (char.IsAsciiDigit((char)b))
            {
                shape[length++] = 'D';
            }
            else if (b is (byte)' ' or (byte)'-')
            {
                shape[length++] = '-';
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsInside(ReadOnlySpan<byte> text)
    {
        for (var i = text.IndexOf((byte)'-'); i >= 0; i = Next(text, i))
        {
            if (IsAround(text, i))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(ReadOnlySpan<byte> text, int after)
    {
        var next = text[(after + 1)..].IndexOf((byte)'-');
        return next < 0 ? -1 : after + 1 + next;
    }

    private static bool IsAround(ReadOnlySpan<byte> text, int dash)
    {
        var (start, letters) = (dash, 0);
        for (; start > 0 && letters < 3 && IsCapitalBefore(text, start, out var width); letters++)
        {
            start -= width;
        }

        if (letters == 0 || (start > 0 && (char.IsAsciiLetterOrDigit((char)text[start - 1]) || text[start - 1] is >= 0x80 or (byte)'-')))
        {
            return false;
        }

        var rest = text[(dash + 1)..];
        var second = Run(rest, (byte)'A', (byte)'Z', 3);
        rest = rest[second..];
        rest = rest.Length > 0 && rest[0] == ' ' ? rest[1..] : rest;
        var digits = Run(rest, (byte)'0', (byte)'9', 5);
        if (second is 0 or > 2 || digits is 0 or > 4 || rest[0] == '0')
        {
            return false;
        }

        rest = rest[digits..];
        rest = rest.Length > 0 && rest[0] is (byte)'E' or (byte)'H' ? rest[1..] : rest;
        return rest.Length == 0 || !(char.IsAsciiLetterOrDigit((char)rest[0]) || rest[0] == '-');
    }

    private static bool IsCapitalBefore(ReadOnlySpan<byte> text, int end, out int width)
    {
        width = end >= 2 && IsUmlaut(text, end - 2) ? 2 : 1;
        return width == 2 || char.IsAsciiLetterUpper((char)text[end - 1]);
    }

    private static int Run(ReadOnlySpan<byte> text, byte least, byte greatest, int most)
    {
        var end = text[..Math.Min(most, text.Length)].IndexOfAnyExceptInRange(least, greatest);
        return end < 0 ? Math.Min(most, text.Length) : end;
    }

    /// <summary>Ä, Ö, Ü, ä, ö, ü in UTF-8.</summary>
    private static bool IsUmlaut(ReadOnlySpan<byte> text, int at) =>
        text[at] == 0xC3 && at + 1 < text.Length && text[at + 1] is 0x84 or 0x96 or 0x9C or 0xA4 or 0xB6 or 0xBC;

    [GeneratedRegex("^L{1,3}-L{1,2}-?D{1,4}L?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex German();

    /// <summary>AT, BE, BG, CY, CZ, DK, EE, ES, FI, FR, GR, HR, HU, IE, IT, LT, LU, LV, MT, NL, PL, PT, RO, SE, SI, SK, as they are printed since about 1990.</summary>
    [GeneratedRegex(
        "^(LL-?DDD-?LL|LL-DD-DD|DD-DD-LL|DD-LL-DD|LL-DD-LL|LL-LL-DD|DD-LL-LL|DD-LLL-D|D-LLL-DD|LL-DDD-L|L-DDD-LL|LLL-DD-L|L-DD-LLL|D-LL-DDD|DDD-LL-D|D-LLL-DDD"
        + "|DDDD-?LLL|L{1,2}-D{1,5}L{1,3}|L{2,3}-(?=[LD]*D)[LD]{4,5}|DLD-?DDDD|L{3}-D{3,4}|LL-?LL-DDD|DDD-LLL|LL-DDDD|L{1,2}-D{2,3}-LLL|L{1,2}-?DDDD-?LL"
        + "|LL-D{3,4}-LL|LL-(?=[LD-]*D)[LD]{2}-[LD]{3}|D{2,3}-L{1,2}-D{1,6}|LL-DD-DDD)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex European();
}
