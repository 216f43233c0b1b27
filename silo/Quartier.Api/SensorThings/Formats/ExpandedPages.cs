using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>Addresses of the next pages of sets: what was asked for, from the position on.</summary>
internal sealed class ExpandedPages
{
    private const string SkipToken = "$skiptoken";

    /// <summary>Of an expanded relation, which has no address of its own so far.</summary>
    /// <param name="address">Where the relation is found.</param>
    /// <param name="options">What was asked of it.</param>
    /// <param name="position">Where the page ended.</param>
    public string Of(string address, QueryOptions options, PagePosition position)
    {
        var text = QueryText.Write(options with { Skip = 0, After = null });
        return $"{address}?{text}{(text.Length > 0 ? "&" : string.Empty)}{SkipToken}={PagePositionText.Write(position)}";
    }

    /// <summary>Of the answer itself: its own address with everything that it was asked for, but for the rows that were left out before.</summary>
    public static string OfAnswer(EntityLinks links, string path, string query, PagePosition position)
    {
        var kept = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !Is(p, "$skip") && !Is(p, SkipToken));
        return $"{links.Root}/{path.Trim('/')}?{string.Join('&', kept.Append($"{SkipToken}={PagePositionText.Write(position)}"))}";
    }

    private static bool Is(string part, string name)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return string.Equals(Uri.UnescapeDataString(equals < 0 ? part : part[..equals]), name, StringComparison.Ordinal);
    }
}
