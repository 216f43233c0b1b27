namespace Quartier.Contracts.Retention;

/// <summary>How the retention stands.</summary>
/// <param name="Run">The run that is under way, or the last one; null before the first.</param>
/// <param name="NextMs">When the next nightly run is due, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Failure">Why the last attempt stopped, when it is tried again by itself; null when it did not.</param>
[GenerateSerializer, Immutable, Alias("quartier.RetentionStatus")]
public sealed record RetentionStatus([property: Id(0)] RetentionRun? Run, [property: Id(1)] long NextMs, [property: Id(2)] string? Failure);
