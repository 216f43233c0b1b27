using System.Globalization;
using System.Text;

namespace Quartier.Domain.Payloads;

/// <summary>Parts of payloads in sentences for operators.</summary>
internal static class PayloadText
{
    private const int LongestQuote = 48;

    /// <summary>The beginning of a text in quotation marks, without control characters.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
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
