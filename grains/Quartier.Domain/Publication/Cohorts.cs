namespace Quartier.Domain.Publication;

/// <summary>Compares two cohorts (S8) on published cells alone: nothing is told that was not published.</summary>
public static class Cohorts
{
    /// <summary>Compares two cells slot by slot.</summary>
    /// <param name="cells">Published cells of one resolution.</param>
    /// <param name="first">Id of the first cohort's cell.</param>
    /// <param name="second">Id of the second cohort's cell.</param>
    /// <param name="measure">What is published.</param>
    /// <returns>One row for each slot in which one of the two has readings, in order of time.</returns>
    public static IReadOnlyList<CohortRow> Compare(IEnumerable<PublishedCell> cells, string first, string second, CellMeasure measure) =>
    [
        .. cells
            .Where(c => string.Equals(c.Cell, first, StringComparison.Ordinal) || string.Equals(c.Cell, second, StringComparison.Ordinal))
            .GroupBy(c => (c.StartMs, c.EndMs))
            .OrderBy(slot => slot.Key)
            .Select(slot => Row(
                slot.Key.StartMs,
                slot.Key.EndMs,
                slot.FirstOrDefault(c => string.Equals(c.Cell, first, StringComparison.Ordinal)),
                slot.FirstOrDefault(c => string.Equals(c.Cell, second, StringComparison.Ordinal)),
                measure)),
    ];

    private static CohortRow Row(long startMs, long endMs, PublishedCell? first, PublishedCell? second, CellMeasure measure)
    {
        var (a, b) = (PerUnit(first, measure), PerUnit(second, measure));
        return new(startMs, endMs, a, b, b - a, a is null or 0 ? null : b / a);
    }

    /// <summary>Cohorts differ in size: a sum over meters is compared per meter; means and counts of people as they are.</summary>
    private static double? PerUnit(PublishedCell? cell, CellMeasure measure) =>
        measure == CellMeasure.Sum && cell is { Value: { } sum, Units: > 0 and var units } ? sum / units : cell?.Value;
}
