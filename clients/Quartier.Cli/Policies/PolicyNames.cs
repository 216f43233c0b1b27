using System.CommandLine;
using System.Globalization;
using Quartier.Client;

namespace Quartier.Cli.Policies;

/// <summary>How documents and times are named on the command line.</summary>
internal static class PolicyNames
{
    public static Argument<string> Argument() => new("CITY[/DISTRICT]") { Description = "The city's own document, or that of a district, such as muenster/mitte." };

    /// <summary>Splits <c>city</c> or <c>city/district</c>.</summary>
    /// <exception cref="QuartierProblemException">It is neither.</exception>
    public static PolicyName Parse(string text) => text.Split('/') switch
    {
        [{ Length: > 0 } city] => new(city, null),
        [{ Length: > 0 } city, { Length: > 0 } district] => new(city, district),
        _ => throw new QuartierProblemException($"'{text}' names no document; it must be CITY or CITY/DISTRICT, such as muenster/mitte.", status: null, []),
    };

    public static string Of(string city, string? district) => district is null ? city : $"{city}/{district}";

    public static DateTimeOffset? ParseTime(string text, Action<string> addError)
    {
        string[] formats = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.fffzzz"];
        var written = text.EndsWith('Z') ? text[..^1] + "+00:00" : text;
        if (DateTimeOffset.TryParseExact(written, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        addError($"--effective is '{text}'; it must be a time with Z or an offset like 2027-01-01T00:00:00+01:00.");
        return null;
    }
}
