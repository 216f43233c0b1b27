using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Sensors;

/// <summary>What is to hold of one Observation of a sensor from now on.</summary>
/// <param name="RegistryVersion">The registry version to which the datastreams' places refer.</param>
/// <param name="TimeMs">Phenomenon time of its readings, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Components">Its readings that are concerned; at least one.</param>
/// <param name="Content">What it holds beside numbers; it rests with the first of these.</param>
[GenerateSerializer, Immutable, Alias("quartier.ObservationCorrection")]
public sealed record ObservationCorrection(
    [property: Id(0)] long RegistryVersion,
    [property: Id(1)] long TimeMs,
    [property: Id(2)] ImmutableArray<ComponentCorrection> Components,
    [property: Id(3)] Annotation Content);
