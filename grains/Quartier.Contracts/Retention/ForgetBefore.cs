namespace Quartier.Contracts.Retention;

/// <summary>Up to when readings of a datastream are to be forgotten.</summary>
/// <param name="Stream"><c>gateway/sensor/property</c>.</param>
/// <param name="BeforeMs">Every reading before this time, in milliseconds since 1970-01-01T00:00:00Z; the beginning of a UTC day.</param>
[GenerateSerializer, Immutable, Alias("quartier.ForgetBefore")]
public readonly record struct ForgetBefore([property: Id(0)] string Stream, [property: Id(1)] long BeforeMs);
