namespace Quartier.Domain.Payloads;

/// <summary>International mobile equipment identities (3GPP TS 23.003, 6.2.1): 14 digits and a check digit.</summary>
internal static class Imei
{
    public const int Digits = 15;

    /// <summary>How people write it: 35-693803-564380-9.</summary>
    private const int WrittenLength = 18;

    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsDigit(text[i]))
            {
                continue;
            }

            var length = text[i..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            length = length < 0 ? text.Length - i : length;
            var isPartOfNumber = i > 0 && text[i - 1] is (byte)'.' or (byte)',' && i > 1 && IsDigit(text[i - 2]);
            if (length == Digits && !isPartOfNumber && IsRight(text.Slice(i, Digits)))
            {
                return true;
            }

            if (length == 2 && IsWritten(text[i..]))
            {
                return true;
            }

            i += length;
        }

        return false;
    }

    /// <summary>Luhn's check: every second digit from the right doubled, the digits' sum divisible by ten. All zeros are no identity.</summary>
    public static bool IsRight(ReadOnlySpan<byte> digits)
    {
        var (sum, any) = (0, 0);
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[i] - '0';
            any |= digit;
            var doubled = digit * 2;
            sum += (digits.Length - i) % 2 == 0 ? doubled - (doubled > 9 ? 9 : 0) : digit;
        }

        return any != 0 && sum % 10 == 0;
    }

    private static bool IsWritten(ReadOnlySpan<byte> text)
    {
        if (text.Length < WrittenLength || (text.Length > WrittenLength && IsDigit(text[WrittenLength])))
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[Digits];
        var count = 0;
        for (var i = 0; i < WrittenLength; i++)
        {
            if (i is 2 or 9 or 16)
            {
                if (text[i] is not ((byte)'-' or (byte)' '))
                {
                    return false;
                }
            }
            else if (IsDigit(text[i]))
            {
                digits[count++] = text[i];
            }
            else
            {
                return false;
            }
        }

        return IsRight(digits);
    }

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;
}
