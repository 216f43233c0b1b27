using System.Collections.Immutable;

namespace Quartier.Contracts.Districts;

/// <summary>A decision and how it was come to.</summary>
/// <param name="Decision">What <see cref="IDistrictGrain.Authorize"/> answers.</param>
/// <param name="Steps">What was looked at, in order; ends with the decision.</param>
[GenerateSerializer, Immutable, Alias("quartier.ReadExplanation")]
public sealed record ReadExplanation([property: Id(0)] ReadDecision Decision, [property: Id(1)] ImmutableArray<DecisionStep> Steps);
