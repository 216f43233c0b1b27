using System.Collections.Immutable;

namespace Quartier.Domain.Publication;

/// <summary>What was published of one day that is over, as it stays.</summary>
/// <param name="StartMs">Start of the local day, inclusive, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="EndMs">Its end, exclusive.</param>
/// <param name="Day">The day's cells, the city's total first.</param>
/// <param name="Hours">The cells of its hours.</param>
/// <param name="Inputs">Of each cell (empty: the total) a fingerprint of what went into it: it tells whether more came later, not what it was.</param>
public sealed record PublishedDay(
    long StartMs, long EndMs, ImmutableArray<PublishedCell> Day, ImmutableArray<PublishedCell> Hours, ImmutableDictionary<string, string> Inputs)
{
    /// <summary>Why a cell of the day is not shown; null when nothing was measured in it then.</summary>
    internal Withholding? Of(string cell) => Day.FirstOrDefault(c => string.Equals(c.Cell, cell, StringComparison.Ordinal))?.Withheld;
}
