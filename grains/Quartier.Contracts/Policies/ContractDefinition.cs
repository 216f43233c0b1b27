using System.Collections.Immutable;

namespace Quartier.Contracts.Policies;

/// <summary>The rule-bound handover of data to a third party (S15). Only a city's policy has contracts.</summary>
/// <param name="Id">Lower-case letters, digits, '-'; API keys are bound to it, grants name it as <c>contract:ID</c>.</param>
/// <param name="Partner">With whom.</param>
/// <param name="Streams">Ids of stream entries beyond which nothing is read.</param>
/// <param name="Purposes">Ids of purposes beyond which nothing is read; the only one is implied.</param>
/// <param name="Onward">Whether and how the partner may pass data on.</param>
/// <param name="UntilMs">When everything under the contract ends, in milliseconds since 1970-01-01T00:00:00Z.</param>
[GenerateSerializer, Immutable, Alias("quartier.ContractDefinition")]
public sealed record ContractDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Partner,
    [property: Id(2)] ImmutableArray<string> Streams,
    [property: Id(3)] ImmutableArray<string> Purposes,
    [property: Id(4)] string Onward,
    [property: Id(5)] long UntilMs);
