namespace Quartier.Domain.Payloads;

/// <summary>
/// Values that identify a person or a device that a person carries. Each look is one pass with bounded steps back, so that a long text costs no
/// more than its length. What is found is named, never shown.
/// </summary>
internal static class Identifiers
{
    private const double LeastImei = 1e14;
    private const double BeyondImei = 1e15;

    /// <summary>What the text looks like or holds, such as "a MAC address"; null when nothing of the kind.</summary>
    /// <param name="text">UTF-8 without escapes.</param>
    public static string? Find(ReadOnlySpan<byte> text)
    {
        if (MailAddress.IsIn(text))
        {
            return "an e-mail address";
        }

        if (MacAddress.IsIn(text))
        {
            return "a MAC address";
        }

        if (Imei.IsIn(text))
        {
            return "an IMEI";
        }

        if (PhoneNumber.IsIn(text))
        {
            return "a telephone number";
        }

        return NumberPlate.IsIn(text) ? "a number plate" : null;
    }

    /// <summary>Whether the number is an IMEI: 15 digits of which the last is right (Luhn). Milliseconds since 1970 have 13, microseconds 16.</summary>
    public static bool IsImei(double number) => number is >= LeastImei and < BeyondImei && IsImeiOfRightLength(number);

    private static bool IsImeiOfRightLength(double number)
    {
        Span<byte> digits = stackalloc byte[Imei.Digits];
        return number.Equals(Math.Floor(number))
            && System.Buffers.Text.Utf8Formatter.TryFormat((long)number, digits, out var written)
            && written == Imei.Digits
            && Imei.IsRight(digits);
    }
}
