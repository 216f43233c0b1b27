namespace Quartier.Contracts.Readings;

/// <summary>The annotation of one sample of a batch.</summary>
/// <param name="Sample">Index into <see cref="SampleBatch.Samples"/>.</param>
/// <param name="Content">What it says.</param>
[GenerateSerializer, Immutable, Alias("quartier.SampleAnnotation")]
public readonly record struct SampleAnnotation(
    [property: Id(0)] int Sample,
    [property: Id(1)] Annotation Content);
