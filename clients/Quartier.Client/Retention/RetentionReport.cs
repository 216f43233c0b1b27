namespace Quartier.Client.Retention;

/// <summary>How the retention stands.</summary>
/// <param name="Run">The run that is under way, or the last one; null before the first.</param>
/// <param name="Next">When the next nightly run is due.</param>
/// <param name="Failure">Why the last attempt stopped, when it is tried again by itself.</param>
/// <param name="Districts">What expires within 30 days.</param>
public sealed record RetentionReport(RetentionRun? Run, DateTimeOffset Next, string? Failure, IReadOnlyList<DistrictRetention> Districts);
