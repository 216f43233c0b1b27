using System.Collections.Immutable;

namespace Quartier.Contracts.Cities;

/// <summary>What never reached a sensor, newest first: at most 1,000 sources, and one entry under the gateway <c>…</c> for each reason for which there were more. None is left out, so the counts add up.</summary>
[GenerateSerializer, Immutable, Alias("quartier.CityRefusals")]
public sealed record CityRefusals([property: Id(0)] ImmutableArray<Refusal> Entries);
