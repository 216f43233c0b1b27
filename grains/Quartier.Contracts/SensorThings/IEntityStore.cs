using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>The port behind which the entities of the SensorThings API rest, all but Observations. Any thread may call.</summary>
public interface IEntityStore
{
    /// <summary>The entities that the path leads to, filtered, ordered, one page. A path through an entity that does not exist is <see cref="QueryProblemKind.NotFound"/>.</summary>
    ValueTask<QueryOutcome<EntityPage>> FindAsync(EntityQuery query, CancellationToken cancellationToken);

    /// <summary>How many entities the path leads to, after the filter: a page without entities, with its count.</summary>
    ValueTask<QueryOutcome<EntityPage>> CountAsync(EntityQuery query, CancellationToken cancellationToken);

    /// <summary>The first related entities of each of many parents, in one query.</summary>
    ValueTask<QueryOutcome<RelatedPages>> RelatedAsync(RelatedQuery query, CancellationToken cancellationToken);

    /// <summary>The entities with the ids, in no order; those that do not exist are left out.</summary>
    ValueTask<ImmutableArray<Entity>> GetAsync(EntityKind kind, ImmutableArray<long> ids, CancellationToken cancellationToken);

    /// <summary>The entity of the city with the registry key, or null.</summary>
    ValueTask<Entity?> FindRegisteredAsync(EntityKind kind, string city, string registryKey, CancellationToken cancellationToken);

    /// <summary>The Datastream or MultiDatastream that has the reading store's number, or null.</summary>
    ValueTask<Entity?> FindByNumberAsync(int number, CancellationToken cancellationToken);

    /// <summary>From when on the stream's Observations tell of which features: the latest so many changes before a time, in order of time.</summary>
    ValueTask<ImmutableArray<ObservedFeature>> ObservedAsync(EntityKind kind, long id, long beforeMs, int most, CancellationToken cancellationToken);

    /// <summary>
    /// When the Observations of which streams tell of the feature, by stream and in order of time: at most so many spans. Where no later change of a stream's feature is
    /// known, a span does not end; where the stream's first one is the feature's, it does not begin.
    /// </summary>
    ValueTask<ImmutableArray<ObservedSpan>> ObservedSpansAsync(long feature, int most, CancellationToken cancellationToken);

    /// <summary>The ids of the features of which Observations of the Thing's streams tell, or told; each once.</summary>
    ValueTask<ImmutableArray<long>> ObservedFromAsync(long thing, CancellationToken cancellationToken);

    /// <summary>The streams whose Observations tell, or told, of FeaturesOfInterest that are not the registry's.</summary>
    ValueTask<ImmutableArray<ObservationSource>> NamingStreamsAsync(CancellationToken cancellationToken);

    /// <summary>Hands out ids of the kind that nobody else gets and that never were in use: the first of <paramref name="count"/> consecutive ones.</summary>
    ValueTask<long> TakeIdsAsync(EntityKind kind, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the changes in their order in one transaction, durable on return; or none of them, and says which one was refused and why.
    /// </summary>
    ValueTask<ChangeOutcome> ChangeAsync(ImmutableArray<EntityChange> changes, long nowMs, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the city's entities with registry keys those of the list, in one transaction: new ones are inserted, known ones get the values
    /// and links in which the list differs from the one before (what was changed elsewhere since stays), others are deleted.
    /// </summary>
    ValueTask<ChangeOutcome> ProjectAsync(string city, ImmutableArray<RegisteredEntity> entities, long nowMs, CancellationToken cancellationToken);

    /// <summary>
    /// Tells what became of entities, after it is on the disk, whoever changed them. Called on the thread that made the change: must not block or throw.
    /// Those who watch are told in the order in which they began to: what one keeps is old before the next acts on the news.
    /// </summary>
    /// <returns>Ends it when disposed.</returns>
    IDisposable Watch(Action<ImmutableArray<EntityConsequence>> onChanged);
}
