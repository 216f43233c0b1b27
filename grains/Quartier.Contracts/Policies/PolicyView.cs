using System.Collections.Immutable;

namespace Quartier.Contracts.Policies;

/// <summary>What holds in a district, and where it comes from.</summary>
/// <param name="Policy">The merged policy.</param>
/// <param name="Entries">Each entry of it in one line, in the order of the merged document.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyView")]
public sealed record PolicyView([property: Id(0)] EffectivePolicy Policy, [property: Id(1)] ImmutableArray<PolicyEntry> Entries);
