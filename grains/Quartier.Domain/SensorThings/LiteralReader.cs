using System.Globalization;
using System.Text;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Literals of the query language.</summary>
internal static class LiteralReader
{
    /// <summary>The literal that begins here, or null when none does (or when it is broken: then the scan has a problem).</summary>
    public static Expression.Literal? Read(QueryScan scan)
    {
        var next = scan.Next;
        if (next == '\'')
        {
            return Quoted(scan) is { } text ? Make(EntityValue.Of(text)) : null;
        }

        if (char.IsAsciiDigit(next) || (next is '-' or '.' && scan.Rest.Length > 1 && (char.IsAsciiDigit(scan.Rest[1]) || scan.Rest[1] == 'P')))
        {
            return scan.Rest[1..].StartsWith("P", StringComparison.Ordinal) ? Duration(scan) : TimeOrNumber(scan);
        }

        return Word(scan);
    }

    /// <summary>A text in quotes, of which one within is doubled.</summary>
    public static string? Quoted(QueryScan scan)
    {
        var start = scan.Position;
        var text = new StringBuilder();
        for (scan.Position++; !scan.AtEnd; scan.Position++)
        {
            var c = scan.Next;
            if (c == '\'')
            {
                scan.Position++;
                if (scan.Next != '\'')
                {
                    return text.ToString();
                }
            }

            if (c == '\0')
            {
                return scan.Fail<string>(scan.Position, "A text cannot hold the character U+0000.");
            }

            text.Append(c);
        }

        return scan.Fail<string>(start, "The text that begins here does not end. Close it with ', and double a ' within it.");
    }

    private static Expression.Literal? Word(QueryScan scan)
    {
        if (scan.TakeWord("true"))
        {
            return Make(EntityValue.Of(true));
        }

        if (scan.TakeWord("false"))
        {
            return Make(EntityValue.Of(false));
        }

        if (scan.TakeWord("null"))
        {
            return Make(EntityValue.Null);
        }

        foreach (var prefix in (ReadOnlySpan<string>)["geography'", "geometry'", "duration'", "datetime'", "datetimeoffset'", "time'", "date'"])
        {
            if (scan.Rest.StartsWith(prefix, StringComparison.Ordinal))
            {
                scan.Position += prefix.Length - 1;
                return Prefixed(scan, prefix[..^1]);
            }
        }

        return scan.Next == 'P' && TimeText.ReadDuration(scan.Rest, out _) > 0 ? Duration(scan) : null;
    }

    private static Expression.Literal? Prefixed(QueryScan scan, string prefix)
    {
        var start = scan.Position + 1;
        if (Quoted(scan) is not { } text)
        {
            return null;
        }

        switch (prefix)
        {
            case "geography" or "geometry":
                return WktReader.Read(text, out var at, out var expected) is not null
                    ? Make(EntityValue.Geometry(text))
                    : scan.Fail<Expression.Literal>(start + at, $"The geometry is no well-known text: expected {expected}.");
            case "duration":
                return TimeText.ReadDuration(text, out var ms) == text.Length && text.Length > 0
                    ? Make(EntityValue.Duration(ms))
                    : scan.Fail<Expression.Literal>(start, "Expected a duration such as P1DT2H30M.");
            case "time":
                return TimeText.ReadTimeOfDay(text, out var timeMs) == text.Length && text.Length > 0
                    ? Make(EntityValue.TimeOfDay(timeMs))
                    : scan.Fail<Expression.Literal>(start, "Expected a time of day such as 13:45:00.");
            default:
                return Time(text) is { } time ? Make(time) : scan.Fail<Expression.Literal>(start, "Expected a time such as 2026-11-28T12:00:00Z.");
        }
    }

    /// <summary>The text as a time, or null.</summary>
    internal static EntityValue? Time(string text)
    {
        if (TimeText.ReadInstant(text, out var ms, out var isDay) == text.Length && text.Length > 0)
        {
            return isDay ? EntityValue.Date(ms) : EntityValue.Instant(ms);
        }

        return TimeText.TrySpan(text, out var startMs, out var endMs) ? EntityValue.Interval(startMs, endMs) : null;
    }

    private static Expression.Literal? Duration(QueryScan scan)
    {
        var taken = TimeText.ReadDuration(scan.Rest, out var ms);
        if (taken == 0)
        {
            return scan.Expected<Expression.Literal>("a duration such as P1DT2H30M");
        }

        scan.Position += taken;
        return Make(EntityValue.Duration(ms));
    }

    private static Expression.Literal? TimeOrNumber(QueryScan scan)
    {
        var rest = scan.Rest;
        if (rest.Length > 4 && rest[4] == '-' && char.IsAsciiDigit(rest[3]))
        {
            return Instant(scan);
        }

        if (rest.Length > 2 && rest[2] == ':')
        {
            var taken = TimeText.ReadTimeOfDay(rest, out var timeMs);
            scan.Position += taken;
            return taken > 0 ? Make(EntityValue.TimeOfDay(timeMs)) : scan.Expected<Expression.Literal>("a time of day such as 13:45:00");
        }

        return Number(scan);
    }

    private static Expression.Literal? Instant(QueryScan scan)
    {
        var taken = TimeText.ReadInstant(scan.Rest, out var ms, out var isDay);
        if (taken == 0)
        {
            return scan.Expected<Expression.Literal>("a time such as 2026-11-28T12:00:00Z");
        }

        scan.Position += taken;
        if (scan.Next != '/')
        {
            return Make(isDay ? EntityValue.Date(ms) : EntityValue.Instant(ms));
        }

        taken = TimeText.ReadEnd(scan.Rest, ms, out var endMs);
        scan.Position += taken;
        return taken > 0 ? Make(EntityValue.Interval(ms, endMs)) : scan.Expected<Expression.Literal>("the end of the interval, not before its start");
    }

    private static Expression.Literal? Number(QueryScan scan)
    {
        var rest = scan.Rest;
        var length = 1;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '.' || IsExponentSign(rest, length)))
        {
            length++;
        }

        var digits = rest[..length].TrimEnd("LlFfDdMm");
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            scan.Position += length;
            return Make(EntityValue.Of(whole));
        }

        if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            scan.Position += length;
            return Make(EntityValue.Of(number));
        }

        return scan.Expected<Expression.Literal>("a number such as 12, -0.5 or 1e3");
    }

    private static bool IsExponentSign(ReadOnlySpan<char> text, int at) => text[at] is '+' or '-' && text[at - 1] is 'e' or 'E';

    private static Expression.Literal Make(EntityValue value) => new(value);
}
