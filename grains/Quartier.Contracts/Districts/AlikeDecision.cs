using System.Collections.Immutable;

namespace Quartier.Contracts.Districts;

/// <summary>One decision for all datastreams that the policy treats alike.</summary>
/// <param name="Decision">The district's answer for each of them; where it names a datastream, the first.</param>
/// <param name="First">The first of them as <c>gateway/sensor/property</c>, in ordinal order.</param>
/// <param name="Named">The first of them in ordinal order, at most as many as an entry of the ledger names.</param>
/// <param name="Count">How many there are.</param>
[GenerateSerializer, Immutable, Alias("quartier.AlikeDecision")]
public sealed record AlikeDecision(
    [property: Id(0)] ReadDecision Decision,
    [property: Id(1)] string First,
    [property: Id(2)] ImmutableArray<string> Named,
    [property: Id(3)] int Count);
