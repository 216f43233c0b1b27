using Quartier.Contracts.Districts;

namespace Quartier.Domain.Publication;

/// <summary>One cell of a published table.</summary>
/// <param name="Cell">Id of the district or of the grid cell; empty for the whole city.</param>
/// <param name="Resolution">Hour, day, week or month.</param>
/// <param name="StartMs">Start, inclusive, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="EndMs">End, exclusive.</param>
/// <param name="Value">The published value, with its noise; null when it is withheld.</param>
/// <param name="Units">Contributing meters or sensors; null when it is withheld, and for counts of people, whose units are the value.</param>
/// <param name="Withheld">Why it is not shown.</param>
public sealed record PublishedCell(
    string Cell, Resolution Resolution, long StartMs, long EndMs, double? Value, long? Units, Withholding Withheld);
