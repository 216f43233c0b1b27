using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>What a policy file says.</summary>
/// <param name="Policy">The document; null when there are problems.</param>
/// <param name="Problems">What is wrong, in the order of the file; at most 100 and a last one that counts the rest.</param>
public sealed record PolicyReading(PolicyDefinition? Policy, ImmutableArray<RegistryProblem> Problems)
{
    /// <summary>Where each entry stands in the file: given to <see cref="PolicyCheck"/>, its problems name line and column too.</summary>
    public PolicyPlaces Places { get; init; } = PolicyPlaces.Unknown;
}
