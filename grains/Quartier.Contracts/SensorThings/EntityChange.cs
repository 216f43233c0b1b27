using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>One change of a transaction. Values are checked by the caller: the store refuses only what would break a relation.</summary>
/// <param name="Kind">What is changed; not an Observation.</param>
/// <param name="Id">Which; a new one's id was handed out by <see cref="IEntityStore.TakeIdsAsync"/>.</param>
public abstract record EntityChange(EntityKind Kind, long Id)
{
    /// <summary>A new entity. Required relations must be among the links. A Thing with Locations gets a HistoricalLocation.</summary>
    public sealed record Insert(
        EntityKind Kind, long Id, EntityOwner Owner, ImmutableArray<PropertySetting> Values, ImmutableArray<EntityLink> Links, ImmutableArray<int> Numbers)
        : EntityChange(Kind, Id);

    /// <summary>
    /// Values and links of an entity change; what is not named stays. A link along a to-one relation replaces the present one; links along
    /// Thing/Locations replace all Locations and make a HistoricalLocation; along other to-many relations they are added.
    /// </summary>
    /// <param name="Kind">What is changed.</param>
    /// <param name="Id">Which.</param>
    /// <param name="IfVersion">Only when it has this version; null for any (If-Match).</param>
    /// <param name="Values">New values.</param>
    /// <param name="Links">New links.</param>
    public sealed record Update(
        EntityKind Kind, long Id, long? IfVersion, ImmutableArray<PropertySetting> Values, ImmutableArray<EntityLink> Links)
        : EntityChange(Kind, Id);

    /// <summary>
    /// An entity goes, and with it what the standard says (OGC 18-088, 10.4): a Thing's Datastreams, MultiDatastreams and HistoricalLocations;
    /// a Location's HistoricalLocations that have no other; a Sensor's or ObservedProperty's Datastreams and MultiDatastreams; Observations of
    /// all these Datastreams and of a FeatureOfInterest, which the caller carries out by <see cref="ChangeOutcome.Consequences"/>.
    /// </summary>
    public sealed record Delete(EntityKind Kind, long Id, long? IfVersion)
        : EntityChange(Kind, Id)
    {
        /// <summary>Of a FeatureOfInterest: whether the caller has withdrawn the Observations that tell of it. Without that one of which streams tell stays.</summary>
        public bool IsWithdrawn { get; init; }
    }

    /// <summary>A relation begins: along a to-one relation it replaces the present one.</summary>
    public sealed record Connect(EntityKind Kind, long Id, EntityLink Link)
        : EntityChange(Kind, Id);

    /// <summary>A relation ends; refused where it is required.</summary>
    public sealed record Disconnect(EntityKind Kind, long Id, EntityLink Link)
        : EntityChange(Kind, Id);

    /// <summary>
    /// Observations of the Datastream or MultiDatastream from that time on tell of the feature, until a later such time. The first one holds
    /// for all earlier times too.
    /// </summary>
    public sealed record Observe(EntityKind Kind, long Id, long FromMs, long Feature)
        : EntityChange(Kind, Id);
}
