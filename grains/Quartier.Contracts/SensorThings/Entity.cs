using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>An entity as stored.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Unique by kind, never reused.</param>
/// <param name="Version">1 at first, one more with each change: the ETag.</param>
/// <param name="Owner">To whom it belongs.</param>
/// <param name="Values">By <see cref="EntityProperty.Index"/>; of a derived property null, of a geometry GeoJSON.</param>
/// <param name="Numbers">The reading store's numbers of a Datastream (one) or MultiDatastream (one for each component, in order); otherwise empty.</param>
public sealed record Entity(
    EntityKind Kind, long Id, long Version, EntityOwner Owner, ImmutableArray<EntityValue> Values, ImmutableArray<int> Numbers)
{
    /// <summary>The value of the property.</summary>
    public EntityValue this[EntityProperty property] => Values[property.Index];
}
