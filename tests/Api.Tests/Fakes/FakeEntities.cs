using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Api.Tests.Fakes;

/// <summary>A store of entities that holds nothing but remembers what was projected. The SensorThings API itself is tested over a real silo.</summary>
internal sealed class FakeEntities : IEntityStore, IObservationReader
{
    public ImmutableArray<RegisteredEntity> Projected { get; private set; } = [];

    public ValueTask<QueryOutcome<EntityPage>> FindAsync(EntityQuery query, CancellationToken cancellationToken) => new(new EntityPage([], null, null));

    public ValueTask<QueryOutcome<EntityPage>> CountAsync(EntityQuery query, CancellationToken cancellationToken) => new(new EntityPage([], 0, null));

    public ValueTask<QueryOutcome<RelatedPages>> RelatedAsync(RelatedQuery query, CancellationToken cancellationToken) =>
        new(new RelatedPages([.. query.Parents.Select(_ => new EntityPage([], null, null))]));

    public ValueTask<ImmutableArray<Entity>> GetAsync(EntityKind kind, ImmutableArray<long> ids, CancellationToken cancellationToken) => new([]);

    public ValueTask<Entity?> FindRegisteredAsync(EntityKind kind, string city, string registryKey, CancellationToken cancellationToken) => new((Entity?)null);

    public ValueTask<Entity?> FindByNumberAsync(int number, CancellationToken cancellationToken) => new((Entity?)null);

    public ValueTask<ImmutableArray<long>> ObservedFromAsync(long thing, CancellationToken cancellationToken) => new([]);

    public ValueTask<ImmutableArray<ObservedSpan>> ObservedSpansAsync(long feature, int most, CancellationToken cancellationToken) => new([]);

    public ValueTask<ImmutableArray<ObservationSource>> NamingStreamsAsync(CancellationToken cancellationToken) => new([]);

    public ValueTask<ImmutableArray<ObservedFeature>> ObservedAsync(EntityKind kind, long id, long beforeMs, int most, CancellationToken cancellationToken) => new([]);

    public ValueTask<long> TakeIdsAsync(EntityKind kind, int count, CancellationToken cancellationToken) => new(1L);

    public ValueTask<ChangeOutcome> ChangeAsync(ImmutableArray<EntityChange> changes, long nowMs, CancellationToken cancellationToken) => new(new ChangeOutcome(null, []));

    public ValueTask<ChangeOutcome> ProjectAsync(string city, ImmutableArray<RegisteredEntity> entities, long nowMs, CancellationToken cancellationToken)
    {
        Projected = entities;
        return new(new ChangeOutcome(null, []));
    }

    public IDisposable Watch(Action<ImmutableArray<EntityConsequence>> onChanged) => new MemoryStream();

    public ValueTask<QueryOutcome<ObservationPage>> FindAsync(ObservationQuery query, CancellationToken cancellationToken) => new(new ObservationPage([], [], null, null, 0));

    public ValueTask<QueryOutcome<ObservationPages>> RelatedAsync(RelatedObservations query, CancellationToken cancellationToken) =>
        new(new ObservationPages([.. query.Parents.Select(_ => new ObservationPage([], [], null, null, 0))]));

    public ValueTask<QueryOutcome<ObservationExtents>> ExtentsAsync(ImmutableArray<ObservationSight> sights, QueryLimits limits, CancellationToken cancellationToken) =>
        new(new ObservationExtents([.. sights.Select(_ => default(ObservationExtent))]));
}
