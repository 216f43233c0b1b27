using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>What became of a list of changes.</summary>
/// <param name="Refusal">Why nothing was changed; null when all was.</param>
/// <param name="Consequences">What happened to entities, the changes' own included, in order, and what the caller has to carry out.</param>
public sealed record ChangeOutcome(ChangeRefusal? Refusal, ImmutableArray<EntityConsequence> Consequences);
