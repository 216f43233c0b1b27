using System.Collections.Immutable;

namespace Quartier.Contracts.Cities;

/// <summary>What an endpoint refused since its last report.</summary>
/// <param name="Endpoint">Which endpoint, unique for each start of a silo.</param>
/// <param name="Sequence">1, 2, … for each endpoint.</param>
/// <param name="Entries">What was refused.</param>
[GenerateSerializer, Immutable, Alias("quartier.RefusalReport")]
public sealed record RefusalReport(
    [property: Id(0)] string Endpoint, [property: Id(1)] long Sequence, [property: Id(2)] ImmutableArray<Refusal> Entries);
