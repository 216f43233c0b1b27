namespace Quartier.Domain.Payloads;

/// <summary>E-mail addresses as people have them (the addr-spec of RFC 5322 without quoted parts).</summary>
internal static class MailAddress
{
    private const int LongestDomain = 255;

    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var i = text.IndexOf((byte)'@'); i >= 0; i = Next(text, i))
        {
            if (i > 0 && IsLocal(text[i - 1]) && HasDomain(text[(i + 1)..]))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(ReadOnlySpan<byte> text, int after)
    {
        var next = text[(after + 1)..].IndexOf((byte)'@');
        return next < 0 ? -1 : after + 1 + next;
    }

    /// <summary>At least two labels, the last of two letters or more.</summary>
    private static bool HasDomain(ReadOnlySpan<byte> text)
    {
        var (labels, length, letters) = (0, 0, 0);
        foreach (var b in text[..Math.Min(text.Length, LongestDomain)])
        {
            if (b == '.')
            {
                if (length == 0)
                {
                    return false;
                }

                (labels, length, letters) = (labels + 1, 0, 0);
            }
            else if (char.IsAsciiLetterOrDigit((char)b) || b == '-' || b >= 0x80)
            {
                length++;
                letters += char.IsAsciiLetter((char)b) || b >= 0x80 ? 1 : 0;
                if (labels > 0 && letters >= 2)
                {
                    return true;
                }
            }
            else
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsLocal(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'_' or (byte)'-' or (byte)'+' or (byte)'%' or >= 0x80;
}
