namespace Quartier.Domain.Publication;

/// <summary>Two cohorts in one slot. Sums are per contributing meter; null where nothing is shown.</summary>
/// <param name="StartMs">Start, inclusive, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="EndMs">End, exclusive.</param>
/// <param name="First">The first cohort.</param>
/// <param name="Second">The second cohort.</param>
/// <param name="Difference">Second less first.</param>
/// <param name="Ratio">Second by first; null when the first is 0.</param>
public sealed record CohortRow(long StartMs, long EndMs, double? First, double? Second, double? Difference, double? Ratio);
