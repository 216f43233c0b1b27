namespace Quartier.Contracts.SensorThings;

/// <summary>A relation to one entity.</summary>
public sealed record EntityLink(Navigation Relation, long Target);
