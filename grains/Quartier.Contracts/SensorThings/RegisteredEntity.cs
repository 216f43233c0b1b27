using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>An entity that follows from the registry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Owner">To whom it belongs; with its registry key.</param>
/// <param name="Values">What the registry knows of it. For a new one, required properties that are not named are empty.</param>
/// <param name="Links">Its relations by registry key, those that the registry knows.</param>
/// <param name="Numbers">The reading store's numbers of a Datastream or MultiDatastream.</param>
public sealed record RegisteredEntity(
    EntityKind Kind, EntityOwner Owner, ImmutableArray<PropertySetting> Values, ImmutableArray<RegisteredLink> Links, ImmutableArray<int> Numbers);
