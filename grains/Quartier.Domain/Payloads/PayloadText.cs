using System.Globalization;
using System.Text;

namespace Quartier.Domain.Payloads;

/// <summary>Parts of payloads in sentences for operators.</summary>
internal static class PayloadText
{
    private const int LongestQuote = 48;

    /// <summary>Longest piece of a broken message that is looked at as a whole.</summary>
    private const int LongestPiece = 256;

    /// <summary>
    /// The beginning of a text in quotation marks, without control characters; only words about it when it holds what identifies someone, or
    /// escapes behind which it might.
    /// </summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)'\\'))
        {
            return "(a text with escapes)";
        }

        return Identifiers.Find(text) is { } what ? $"(withheld: {what})" : Shown(text);
    }

    /// <summary>The beginning of a message that cannot be read, unless one of its pieces there names or holds what identifies someone.</summary>
    public static string QuoteMessage(ReadOnlySpan<byte> message)
    {
        for (var at = 0; at < Math.Min(message.Length, LongestQuote);)
        {
            var rest = message[at..];
            var length = rest.IndexOfAny("\"{}[],;=<>\n\t"u8);
            var piece = rest[..Math.Min(length < 0 ? rest.Length : length, LongestPiece)];
            if (FieldScan.OfName(piece) is { } what)
            {
                return $"(withheld: {what})";
            }

            at += piece.Length + 1;
        }

        return Quote(message);
    }

    private static string Shown(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.UTF8.GetString(text.Length > LongestQuote ? text[..LongestQuote] : text);
        var clean = new StringBuilder(shown.Length + 3).Append('"');
        foreach (var c in shown)
        {
            clean.Append(char.IsControl(c) ? '\uFFFD' : c);
        }

        return clean.Append(text.Length > LongestQuote ? "…\"" : "\"").ToString();
    }

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
