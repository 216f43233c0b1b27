using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Policies;

/// <summary>What became of a proposal, an approval or a withdrawal.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">Why it was refused, with the remedy; empty when it was done.</param>
/// <param name="Version">The version concerned; null when there is none.</param>
/// <param name="Problems">With <see cref="PolicyOutcome.Unsound"/>: each thing that is wrong and where.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyAnswer")]
public sealed record PolicyAnswer(
    [property: Id(0)] PolicyOutcome Outcome,
    [property: Id(1)] string Detail,
    [property: Id(2)] PolicyVersion? Version,
    [property: Id(3)] ImmutableArray<RegistryProblem> Problems);
