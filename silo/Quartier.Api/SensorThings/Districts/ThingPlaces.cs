using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>
/// The entities that tell where a registered Thing is. Every request of the SensorThings API asks for those of all Things whose place is hidden, so they are
/// kept until an entity that could change them has changed.
/// </summary>
internal sealed class ThingPlaces : IDisposable
{
    /// <summary>What it costs to look one up, in readings that are looked at: up to seven questions to the database.</summary>
    private const int LookUpCost = 700;

    /// <summary>Things kept: those of a large city.</summary>
    private const int KeptMax = 100_000;

    private static readonly Navigation ToLocations = EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!;
    private static readonly Navigation ToHistory = EntityTypes.Of(EntityKind.Thing).Navigation("HistoricalLocations")!;
    private static readonly Navigation FromHistory = EntityTypes.Of(EntityKind.HistoricalLocation).Navigation("Locations")!;

    private readonly ConcurrentDictionary<(string City, string Key), (long Changes, ThingPlace Place)> _kept = new();
    private readonly IEntityStore _entities;
    private readonly TimeProvider _time;
    private readonly IDisposable _watch;
    private long _changes;

    public ThingPlaces(IEntityStore entities, TimeProvider time)
    {
        (_entities, _time) = (entities, time);
        _watch = entities.Watch(OnChanged);
    }

    /// <summary>Where the Thing with the registry key is, and was; null when to find out costs more than the request may.</summary>
    public async ValueTask<ThingPlace?> OfAsync(string city, string key, IQuestionCost? cost, CancellationToken cancellationToken)
    {
        // What changes while it is looked up makes it old at once.
        var changes = Interlocked.Read(ref _changes);
        if (_kept.TryGetValue((city, key), out var kept) && kept.Changes == changes)
        {
            return kept.Place;
        }

        if (cost?.TrySpend(LookUpCost) == false)
        {
            return null;
        }

        var place = await LookUpAsync(city, key, cancellationToken).ConfigureAwait(false);
        if (_kept.Count >= KeptMax)
        {
            _kept.Clear();
        }

        _kept[(city, key)] = (changes, place);
        return place;
    }

    /// <summary>Tells of changes once what is kept here is old by them: whoever tells others of them asks which places are hidden.</summary>
    public IDisposable Watch(Action<ImmutableArray<EntityConsequence>> onChanged) => _entities.Watch(onChanged);

    public void Dispose() => _watch.Dispose();

    private void OnChanged(ImmutableArray<EntityConsequence> consequences)
    {
        if (consequences.Any(c => c.What == ConsequenceKind.FeatureOther
            || c.Kind is EntityKind.Thing or EntityKind.Location or EntityKind.HistoricalLocation or EntityKind.FeatureOfInterest))
        {
            Interlocked.Increment(ref _changes);
        }
    }

    private async Task<ThingPlace> LookUpAsync(string city, string key, CancellationToken cancellationToken)
    {
        var (locations, features) = (ImmutableHashSet<long>.Empty, ImmutableHashSet<long>.Empty);
        if (await _entities.FindRegisteredAsync(EntityKind.FeatureOfInterest, city, key, cancellationToken).ConfigureAwait(false) is { } feature)
        {
            features = features.Add(feature.Id);
        }

        if (await _entities.FindRegisteredAsync(EntityKind.Location, city, key, cancellationToken).ConfigureAwait(false) is { } location)
        {
            locations = locations.Add(location.Id);
        }

        if (await _entities.FindRegisteredAsync(EntityKind.Thing, city, key, cancellationToken).ConfigureAwait(false) is { } thing)
        {
            // Where it was before tells as much as where it is.
            var now = await RelatedAsync(ToLocations, [thing.Id], cancellationToken).ConfigureAwait(false);
            var past = await RelatedAsync(ToHistory, [thing.Id], cancellationToken).ConfigureAwait(false);
            var then = await RelatedAsync(FromHistory, past, cancellationToken).ConfigureAwait(false);
            locations = locations.Union(now).Union(then);

            // So do the features of which its Observations tell: one is made from the Thing's Location where nobody names another.
            features = features.Union(await _entities.ObservedFromAsync(thing.Id, cancellationToken).ConfigureAwait(false));
        }

        return new(locations, features);
    }

    private async Task<ImmutableArray<long>> RelatedAsync(Navigation relation, ImmutableArray<long> parents, CancellationToken cancellationToken)
    {
        if (parents.IsEmpty)
        {
            return [];
        }

        var query = new RelatedQuery(
            relation, parents, QueryOptions.None with { Top = QueryLimits.MostTop }, _time.GetUtcNow().ToUnixTimeMilliseconds(), EntitySight.Entities, QueryLimits.Default);
        var outcome = await _entities.RelatedAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Try(out var pages, out var problem)
            ? [.. pages.Pages.SelectMany(p => p.Entities).Select(e => e.Id)]
            : throw new InvalidOperationException(problem.Text);
    }
}
