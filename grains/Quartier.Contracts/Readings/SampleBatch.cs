using System.Collections.Immutable;

namespace Quartier.Contracts.Readings;

/// <summary>All samples of one sensor found in one read of a gateway's socket, in the order of arrival.</summary>
/// <param name="RegistryVersion">The registry version by which the property names were resolved; a grain that knows a
/// newer definition refuses the batch with <see cref="RefusalReason.StaleDefinition"/> and the caller decodes again.</param>
/// <param name="ReceivedTimeMs">The silo's clock when the bytes were read, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Samples">At least one.</param>
/// <param name="Annotations">Of the samples that have one, in their order; the default where none has.</param>
[GenerateSerializer, Immutable, Alias("quartier.SampleBatch")]
public sealed record SampleBatch(
    [property: Id(0)] long RegistryVersion,
    [property: Id(1)] long ReceivedTimeMs,
    [property: Id(2)] ImmutableArray<Sample> Samples,
    [property: Id(3)] ImmutableArray<SampleAnnotation> Annotations = default);
