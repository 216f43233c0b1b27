using System.Collections.Immutable;
using Quartier.Api.SensorThings.Districts;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Answers;

/// <summary>Fills properties that follow from readings and places: phenomenonTime, resultTime and observedArea, as far as the caller may know them.</summary>
internal sealed class DerivedValues(IEntityStore entities, IObservationReader observations, ObservationAccess access)
{
    private const string Area = "observedArea";

    /// <summary>What the times of a Datastream cost, in readings: a decision and two looks into the store.</summary>
    private const int ReadingsOfAStream = 20;

    private const string Phenomenon = "phenomenonTime";
    private const string Result = "resultTime";

    /// <summary>Fills them at the entities of a level and at everything that is expanded below, where they are shown; a problem when that costs too much.</summary>
    public async Task<QueryProblem?> FillAsync(IReadOnlyList<Shown> level, QueryOptions options, EntityReach reach, CancellationToken cancellationToken)
    {
        QueryProblem? problem = null;
        var streams = level.Where(s => s.Kind is EntityKind.Datastream or EntityKind.MultiDatastream).ToList();
        if (streams.Count > 0)
        {
            var wanted = options.Select;
            if (wanted.IsEmpty || wanted.Any(s => s.Property is { } p && p.Name is Phenomenon or Result))
            {
                problem = await FillTimesAsync(streams, reach, cancellationToken).ConfigureAwait(false);
            }

            if (wanted.IsEmpty || wanted.Any(s => s.Property?.Name is Area))
            {
                await FillAreasAsync(streams, reach, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var expanded in options.Expand)
        {
            var below = level.Select(s => s.Expanded.GetValueOrDefault(expanded.Relation)).OfType<ShownPage>().SelectMany(p => p.Items).ToList();
            problem ??= below.Count > 0 ? await FillAsync(below, expanded.Options, reach, cancellationToken).ConfigureAwait(false) : null;
        }

        return problem;
    }

    private async Task<QueryProblem?> FillTimesAsync(List<Shown> streams, EntityReach reach, CancellationToken cancellationToken)
    {
        if (reach.Limits.Cost?.TrySpend((long)streams.Count * ReadingsOfAStream) == false)
        {
            return null;
        }

        ImmutableArray<ObservationSource> sources = [.. streams.Select(s => Source(s.Entity!))];
        var sights = await access.DecideQuietlyAsync(sources, cancellationToken).ConfigureAwait(false);
        var outcome = await observations.ExtentsAsync(sights, reach.Limits, cancellationToken).ConfigureAwait(false);
        if (!outcome.Try(out var extents, out var problem))
        {
            return problem;
        }

        for (var i = 0; i < streams.Count; i++)
        {
            var type = EntityTypes.Of(streams[i].Kind);
            streams[i].Derive(type.Property(Phenomenon)!, extents.All[i].Phenomenon);
            streams[i].Derive(type.Property(Result)!, extents.All[i].Result);
        }

        return null;
    }

    /// <summary>The area is the place of the Thing; nothing is there when that is hidden.</summary>
    private async Task FillAreasAsync(List<Shown> streams, EntityReach reach, CancellationToken cancellationToken)
    {
        foreach (var kind in streams.GroupBy(s => s.Kind))
        {
            var area = EntityTypes.Of(kind.Key).Property(Area)!;
            var things = await FirstAsync(EntityTypes.Of(kind.Key).Navigation("Thing")!, kind.Select(s => s.Id), reach, cancellationToken).ConfigureAwait(false);
            var places = await FirstAsync(
                EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!, things.Values.Select(t => t.Id), reach, cancellationToken).ConfigureAwait(false);
            var geometry = EntityTypes.Of(EntityKind.Location).Property("location")!;
            foreach (var stream in kind)
            {
                if (things.TryGetValue(stream.Id, out var thing) && places.TryGetValue(thing.Id, out var place))
                {
                    stream.Derive(area, place[geometry]);
                }
            }
        }
    }

    private async Task<Dictionary<long, Entity>> FirstAsync(
        Navigation relation, IEnumerable<long> parents, EntityReach reach, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Entity>();
        foreach (var batch in parents.Distinct().Chunk(RelatedQuery.MostParents))
        {
            var query = new RelatedQuery(relation, [.. batch], QueryOptions.None with { Top = 1 }, reach.NowMs, reach.Sight, reach.Limits);
            var outcome = await entities.RelatedAsync(query, cancellationToken).ConfigureAwait(false);
            if (!outcome.Try(out var pages, out _))
            {
                continue;
            }

            for (var i = 0; i < batch.Length; i++)
            {
                if (pages.Pages[i].Entities is [var first, ..])
                {
                    found[batch[i]] = first;
                }
            }
        }

        return found;
    }

    private static ObservationSource Source(Entity entity) => new(entity.Kind, entity.Id, entity.Numbers, entity.Owner);
}
