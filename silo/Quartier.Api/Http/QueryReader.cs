using System.Globalization;
using Quartier.Domain.Time;

namespace Quartier.Api.Http;

/// <summary>Reads query parameters by their descriptions.</summary>
internal static class QueryReader
{
    /// <summary>Characters of a date and the letter that follows it.</summary>
    private const int DateLength = 11;

    private static readonly long EarliestMs = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long LatestMs = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The parameter's text, or null when it is absent or empty.</summary>
    public static Outcome<string?> Text(HttpRequest request, QueryParameter parameter)
    {
        var text = Raw(request, parameter);
        return text?.Length > parameter.Maximum
            ? Problems.BadParameter(parameter.Name, text, $"at most {parameter.Maximum} characters are taken. Shorten it.")
            : text;
    }

    public static Outcome<int> Whole(HttpRequest request, QueryParameter parameter)
    {
        var text = Raw(request, parameter);
        if (text is null)
        {
            return parameter.Default;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= parameter.Minimum && value <= parameter.Maximum
            ? value
            : Problems.BadParameter(
                parameter.Name,
                text,
                $"a whole number from {parameter.Minimum} to {parameter.Maximum} is expected. Leave it out for {parameter.Default}.");
    }

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z, or null when absent.</summary>
    public static Outcome<long?> Instant(HttpRequest request, QueryParameter parameter)
    {
        var text = Raw(request, parameter);
        if (text is null)
        {
            return (long?)null;
        }

        // An unescaped '+' of an offset reaches us as a space.
        var written = text.Length > DateLength ? string.Concat(text.AsSpan(0, DateLength), text[DateLength..].Replace(' ', '+')) : text;
        if (!IsoTime.TryParse(written, out var ms))
        {
            return Problems.BadParameter(
                parameter.Name,
                text,
                "an ISO 8601 time with Z or an offset is expected. Write it as 2026-07-01T00:00:00.000Z.");
        }

        return ms >= EarliestMs && ms <= LatestMs
            ? ms
            : Problems.BadParameter(parameter.Name, text, "times from 2000-01-01 to 2200-01-01 are kept. Choose one between.");
    }

    public static Outcome<string?> Word(HttpRequest request, QueryParameter parameter)
    {
        var text = Raw(request, parameter);
        if (text is null)
        {
            return parameter.Optional ? (string?)null : parameter.Words[0];
        }

        return parameter.Words.Contains(text, StringComparer.Ordinal)
            ? text
            : Problems.BadParameter(parameter.Name, text, $"one of {string.Join(", ", parameter.Words)} is expected.");
    }

    public static Outcome<bool> Flag(HttpRequest request, QueryParameter parameter) => Raw(request, parameter) switch
    {
        null or "false" => false,
        "true" => true,
        { } text => Problems.BadParameter(parameter.Name, text, "true or false is expected."),
    };

    private static string? Raw(HttpRequest request, QueryParameter parameter)
    {
        var text = request.Query[parameter.Name].ToString();
        return text.Length == 0 ? null : text;
    }
}
