using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[GenerateSerializer, Immutable, Alias("conformance.CrowdResult")]
public sealed record CrowdResult([property: Id(0)] int Added, [property: Id(1)] int Overlaps, [property: Id(2)] int Interleavings);
