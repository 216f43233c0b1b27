using Quartier.Contracts.Districts;

namespace Quartier.Domain.Publication;

/// <summary>
/// Weeks, made of published days and nothing else: they tell no more than these. A week of which a day is withheld is withheld.
/// Of a mean, the week is the mean of its days.
/// </summary>
public static class PublishedWeeks
{
    private const int DaysOfWeek = 7;

    /// <summary>The weeks that begin on the given days.</summary>
    /// <param name="days">Published days, of as many months as the weeks touch.</param>
    /// <param name="edges">Where each week begins and ends, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="measure">What is published.</param>
    public static IReadOnlyList<PublishedCell> Of(
        IReadOnlyList<PublishedCell> days, IReadOnlyList<(long StartMs, long EndMs)> edges, CellMeasure measure)
    {
        var weeks = new List<PublishedCell>();
        foreach (var (start, end) in edges)
        {
            var within = days.Where(d => d.StartMs >= start && d.EndMs <= end).GroupBy(d => d.Cell, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
            weeks.AddRange(within.Select(cell => Week(cell.Key, [.. cell], start, end, measure)));
        }

        return weeks;
    }

    private static PublishedCell Week(string cell, IReadOnlyList<PublishedCell> days, long startMs, long endMs, CellMeasure measure)
    {
        var withheld = days.FirstOrDefault(d => d.Withheld != Withholding.None);
        if (withheld is not null || days.Count > DaysOfWeek)
        {
            var reason = withheld?.Withheld == Withholding.Open ? Withholding.Open : Withholding.PartlyShown;
            return new(cell, Resolution.Week, startMs, endMs, null, null, reason);
        }

        var value = measure == CellMeasure.Mean ? days.Average(d => d.Value) : days.Sum(d => d.Value);
        return new(cell, Resolution.Week, startMs, endMs, value, days.Min(d => d.Units), Withholding.None);
    }
}
