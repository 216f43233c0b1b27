using System.Globalization;
using Quartier.Api.Http;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>The version that If-Match asks for: entity tags of this API begin with it.</summary>
internal static class WrittenVersion
{
    /// <summary>The version; null for any.</summary>
    public static Outcome<long?> Read(IHeaderDictionary headers) => Read(headers.IfMatch.ToString());

    /// <summary>The version; null for any.</summary>
    /// <param name="ifMatch">The value of If-Match; empty without one.</param>
    public static Outcome<long?> Read(string ifMatch)
    {
        var text = ifMatch.Trim();
        if (text.Length == 0 || text is "*")
        {
            return (long?)null;
        }

        var tag = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        var digits = tag.Trim('"').Split('.')[0];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : WriteProblems.Precondition("If-Match names no tag of this server, so the entity is not the one that you know. Read it again, and send its ETag.");
    }
}
