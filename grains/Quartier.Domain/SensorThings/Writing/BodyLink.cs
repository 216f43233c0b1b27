using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>A relation that a body gives: to an entity that exists, or to one that is to be created with it.</summary>
/// <param name="Relation">The way.</param>
/// <param name="Target">Id of the entity that exists; null for a new one.</param>
/// <param name="Inline">The new one; null for one that exists.</param>
public sealed record BodyLink(Navigation Relation, long? Target, EntityBody? Inline);
