namespace Quartier.Contracts.SensorThings;

/// <summary>A URL, read: what it addresses and how.</summary>
public sealed record ParsedQuery(ResourcePath Path, QueryOptions Options);
