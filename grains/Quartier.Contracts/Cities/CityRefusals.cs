using System.Collections.Immutable;

namespace Quartier.Contracts.Cities;

/// <summary>What never reached a sensor, newest first, at most 1,000 sources; the rest is summed up under the gateway <c>…</c>.</summary>
[GenerateSerializer, Immutable, Alias("quartier.CityRefusals")]
public sealed record CityRefusals([property: Id(0)] ImmutableArray<Refusal> Entries);
