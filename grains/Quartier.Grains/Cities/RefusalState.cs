using System.Collections.Immutable;
using Quartier.Contracts.Cities;

namespace Quartier.Grains.Cities;

/// <summary>What a city's grain keeps of refusals.</summary>
[GenerateSerializer, Alias("quartier.RefusalState")]
public sealed class RefusalState
{
    /// <summary>Refusals by source and reason.</summary>
    [Id(0)]
    public ImmutableArray<Refusal> Entries { get; set; } = [];

    /// <summary>The last sequence number taken from each endpoint, newest endpoints last.</summary>
    [Id(1)]
    public ImmutableArray<EndpointSequence> Endpoints { get; set; } = [];
}
