namespace Quartier.Contracts.Readings;

/// <summary>What people read of a stored reading instead of what was received: other content, or that it was withdrawn. What was received stays as it is.</summary>
/// <param name="IsWithdrawn">True when nothing of the reading is to be shown any more; then the rest says nothing.</param>
/// <param name="Value">The value that holds; finite.</param>
/// <param name="Quality">What is held against it: intrinsic flags only. That two values contradicted each other is settled by the correction.</param>
/// <param name="Content">What its Observation holds beside the number.</param>
[GenerateSerializer, Immutable, Alias("quartier.Correction")]
public sealed record Correction(
    [property: Id(0)] bool IsWithdrawn,
    [property: Id(1)] double Value,
    [property: Id(2)] Quality Quality,
    [property: Id(3)] Annotation Content)
{
    /// <summary>Nothing of the reading is shown any more.</summary>
    public static Correction Withdrawn { get; } = new(true, 0, Quality.Good, Annotation.None);
}
