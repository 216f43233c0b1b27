namespace Quartier.Contracts.SensorThings;

/// <summary>A relation to show in full. <c>$expand=A/B</c> is <c>$expand=A($expand=B)</c>.</summary>
public sealed record ExpandedRelation(Navigation Relation, QueryOptions Options);
