using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Sensors;

/// <summary>How far a datastream's readings have been put in order, as it is stored.</summary>
/// <param name="Newest">Greatest time seen, in milliseconds since 1970-01-01T00:00:00Z; null before the first reading.</param>
/// <param name="WatermarkMs">Rules have seen everything up to and including this time; null before the first reading.</param>
/// <param name="Waiting">Readings after the watermark, in order of time.</param>
[GenerateSerializer, Immutable, Alias("quartier.EventOrderSnapshot")]
public sealed record EventOrderSnapshot(
    [property: Id(0)] long? Newest, [property: Id(1)] long? WatermarkMs, [property: Id(2)] ImmutableArray<Reading> Waiting);
