using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Answers;
using Quartier.Api.SensorThings.Districts;
using Quartier.Api.SensorThings.Formats;
using Quartier.Contracts.Principals;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>
/// Tells of entities that were created or changed what everybody sees of them: places are left out as for the public, and so is what follows from
/// readings, which is known by a decision only.
/// </summary>
internal sealed class EntityNotices(IEntityStore entities, SubscribedTopics topics, NoticeQueue queue, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Notices of one change: a registry file can touch all entities of a city, and each notice is a query.</summary>
    private const int MostAtOnce = 10_000;

    public async Task TellAsync(
        ImmutableArray<EntityConsequence> changes, EntityLinks links, Action<EntityNotice> publish, CancellationToken cancellationToken)
    {
        var wanted = topics.OfEntities.SelectMany(t => changes.Where(t.Concerns).Select(c => c.Id).Distinct().Select(id => (Topic: t, Id: id))).ToList();
        if (wanted.Count > MostAtOnce)
        {
            queue.Drop(wanted.Count - MostAtOnce);
            wanted.RemoveRange(MostAtOnce, wanted.Count - MostAtOnce);
        }

        var sight = wanted.Exists(w => w.Topic.Path.Last.Kind is EntityKind.Location or EntityKind.FeatureOfInterest)
            ? await PublicSightAsync(cancellationToken).ConfigureAwait(false)
            : EntitySight.Entities;
        foreach (var (topic, id) in wanted)
        {
            if (await FindAsync(topic, id, sight, cancellationToken).ConfigureAwait(false) is { } entity)
            {
                publish(new(topic.Name, NoticeText.Of(topic, new Shown(entity), links), null));
            }
        }
    }

    /// <summary>The entity, when the topic's path leads to it.</summary>
    private async ValueTask<Entity?> FindAsync(SubscribedTopic topic, long id, EntitySight sight, CancellationToken cancellationToken)
    {
        var path = topic.Path with { Property = null, Inside = [], End = PathEnd.Entities };
        var one = path.IsSet ? path with { Steps = path.Steps.SetItem(path.Steps.Length - 1, path.Last with { Key = id }) } : path;
        var query = new EntityQuery(one, QueryOptions.None, time.GetUtcNow().ToUnixTimeMilliseconds(), sight, QueryLimits.Default);
        var outcome = await entities.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Entities is [var found] && found.Id == id ? found : null;
    }

    private async Task<EntitySight> PublicSightAsync(CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            scope.ServiceProvider.GetRequiredService<CityDesks>().Caller = new Caller(Principal.Public, null);
            var hidden = await scope.ServiceProvider.GetRequiredService<HiddenPlaces>().FindAsync(cost: null, cancellationToken).ConfigureAwait(false);
            var features = await scope.ServiceProvider.GetRequiredService<SeenFeatures>().FindAsync(cancellationToken).ConfigureAwait(false);
            return new EntitySight(hidden!.Locations, hidden.Features, null) { Features = features };
        }
    }
}
