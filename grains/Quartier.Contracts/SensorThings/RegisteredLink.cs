namespace Quartier.Contracts.SensorThings;

/// <summary>A relation to the entity of the same city that has the registry key.</summary>
/// <param name="Relation">The way; null for the FeatureOfInterest of a Datastream's Observations.</param>
/// <param name="RegistryKey">Whereto.</param>
public sealed record RegisteredLink(Navigation? Relation, string RegistryKey);
