using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>The streams whose Observations tell of features that are not the registry's, kept until an entity that could change them has changed.</summary>
internal sealed class NamingStreams : IDisposable
{
    /// <summary>What it costs to look for them, in readings that are looked at: every stream's changes of its feature may be looked at.</summary>
    private const int LookUpCost = 5_000;

    private readonly IEntityStore _entities;
    private readonly ThingPlaces _places;
    private readonly IDisposable _watch;
    private Kept? _kept;
    private long _changes;

    public NamingStreams(IEntityStore entities, ThingPlaces places)
    {
        (_entities, _places) = (entities, places);
        _watch = places.Watch(OnChanged);
    }

    /// <summary>The streams; null when to find them costs more than the request may.</summary>
    public async ValueTask<ImmutableArray<ObservationSource>?> FindAsync(IQuestionCost? cost, CancellationToken cancellationToken)
    {
        // What changes while they are looked for makes them old at once.
        var changes = Interlocked.Read(ref _changes);
        if (Volatile.Read(ref _kept) is { } kept && kept.Changes == changes)
        {
            return kept.Sources;
        }

        if (cost?.TrySpend(LookUpCost) == false)
        {
            return null;
        }

        var sources = await _entities.NamingStreamsAsync(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _kept, new(changes, sources));
        return sources;
    }

    /// <summary>Tells of changes once what is kept here and of places is old by them: whoever tells others of them asks what may be seen.</summary>
    public IDisposable Watch(Action<ImmutableArray<EntityConsequence>> onChanged) => _places.Watch(onChanged);

    public void Dispose() => _watch.Dispose();

    private void OnChanged(ImmutableArray<EntityConsequence> consequences)
    {
        if (consequences.Any(c => c.What == ConsequenceKind.FeatureOther
            || c.Kind is EntityKind.Datastream or EntityKind.MultiDatastream or EntityKind.FeatureOfInterest))
        {
            Interlocked.Increment(ref _changes);
        }
    }

    private sealed record Kept(long Changes, ImmutableArray<ObservationSource> Sources);
}
