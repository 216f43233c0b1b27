using System.Buffers.Text;

namespace Quartier.Domain.Payloads;

/// <summary>Escapes in JSON texts (RFC 8259 §7, §8.2).</summary>
internal static class PayloadEscapes
{
    /// <summary>
    /// Whether every <c>\uD800</c> … <c>\uDFFF</c> is one half of a pair. The reader of JSON lets lone halves pass and throws when someone
    /// wants the text.
    /// </summary>
    public static bool ArePaired(ReadOnlySpan<byte> payload)
    {
        for (var at = payload.IndexOf((byte)'\\'); at >= 0; at = Next(payload, at))
        {
            var half = Half(payload[at..]);
            if (half == 0xDC00)
            {
                return false;
            }

            at += half == 0 ? 2 : 6;
            if (half != 0xD800)
            {
                continue;
            }

            if (at >= payload.Length || Half(payload[at..]) != 0xDC00)
            {
                return false;
            }

            at += 6;
        }

        return true;
    }

    /// <summary>0xD800 for the first half of a pair, 0xDC00 for the second, 1 for another \u escape, 0 for anything else.</summary>
    private static int Half(ReadOnlySpan<byte> text)
    {
        const int digits = 4;
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u'
            || !Utf8Parser.TryParse(text.Slice(2, digits), out int unit, out var read, 'x') || read != digits)
        {
            return 0;
        }

        return (unit & 0xFC00) is 0xD800 or 0xDC00 ? unit & 0xFC00 : 1;
    }

    private static int Next(ReadOnlySpan<byte> payload, int from)
    {
        var next = from >= payload.Length ? -1 : payload[from..].IndexOf((byte)'\\');
        return next < 0 ? -1 : from + next;
    }
}
