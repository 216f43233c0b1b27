using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Assets;

/// <summary>The points of one slope.</summary>
/// <param name="Name">The input or computed value.</param>
/// <param name="SpanMs">The span of event time in milliseconds.</param>
/// <param name="Points">In order of time.</param>
[GenerateSerializer, Immutable, Alias("quartier.SlopeSnapshot")]
public sealed record SlopeSnapshot([property: Id(0)] string Name, [property: Id(1)] long SpanMs, [property: Id(2)] ImmutableArray<Reading> Points);
