using Quartier.Api.Json;
using Quartier.Domain.Publication;

namespace Quartier.Api.OpenData;

/// <summary>A cell as it is answered; <c>withheld</c> says why there is no value.</summary>
/// <param name="Cell">Id of the district or the grid cell; empty for the whole city.</param>
/// <param name="Start">Start, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Value">With its noise; null when withheld.</param>
/// <param name="Units">Contributing meters or sensors; null when withheld and for counts of people.</param>
/// <param name="Withheld">The reason, or null.</param>
internal sealed record PublishedCellItem(string Cell, UtcTime Start, UtcTime End, double? Value, long? Units, string? Withheld)
{
    public static PublishedCellItem Of(PublishedCell cell) => new(
        cell.Cell,
        new(cell.StartMs),
        new(cell.EndMs),
        cell.Value,
        cell.Units,
        cell.Withheld == Withholding.None ? null : Words<Withholding>.Of(cell.Withheld));
}
