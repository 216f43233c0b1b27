namespace Quartier.Benchmarks.Reads;

/// <summary>What the first reader after a start waits.</summary>
/// <param name="LatestMs">For the first latest value.</param>
/// <param name="DayMs">For the first sensor-day, after the first latest value.</param>
internal sealed record ColdReads(double LatestMs, double DayMs);
