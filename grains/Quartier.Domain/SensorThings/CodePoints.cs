using System.Text;

namespace Quartier.Domain.SensorThings;

/// <summary>Texts as sequences of Unicode code points, as the query language and the database count and order them.</summary>
public static class CodePoints
{
    /// <summary>How many there are.</summary>
    public static int Length(string text) => Length(text.AsSpan());

    /// <summary>Place of the first occurrence from 0, or -1.</summary>
    public static int IndexOf(string text, string part)
    {
        var found = text.IndexOf(part, StringComparison.Ordinal);
        return found <= 0 ? found : Length(text.AsSpan(0, found));
    }

    /// <summary>From the place on, at most so many; beyond the end nothing.</summary>
    public static string Substring(string text, long start, long count)
    {
        var from = Offset(text, 0, Math.Max(start, 0));
        return text[from..Offset(text, from, Math.Max(count, 0))];
    }

    /// <summary>Orders by code points, which is the order of the UTF-8 bytes.</summary>
    public static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        // Surrogates stand for code points beyond all others.
        var (a, b) = (left[same], right[same]);
        return (char.IsSurrogate(a), char.IsSurrogate(b)) switch
        {
            (true, false) => 1,
            (false, true) => -1,
            _ => a.CompareTo(b),
        };
    }

    private static int Length(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    private static int Offset(string text, int from, long count)
    {
        while (count > 0 && from < text.Length)
        {
            from += Rune.TryGetRuneAt(text, from, out var rune) ? rune.Utf16SequenceLength : 1;
            count--;
        }

        return from;
    }
}
