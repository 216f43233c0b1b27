using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Sees to it that every Observation tells of a FeatureOfInterest: the one that it names, or the one that is made from its Thing's Location
/// (OGC 18-088, 10.2.1.1). Costs nothing while a stream tells of the same.
/// </summary>
internal sealed class FeatureResolution(WritePorts ports, EntityDesk desk)
{
    /// <summary>Features that are made from a Location are kept under its id and version: a Location that moves makes another feature.</summary>
    public const string KeyPrefix = "location/";

    private static readonly Navigation s_thing = EntityTypes.Of(EntityKind.Datastream).Navigation("Thing")!;
    private static readonly Navigation s_multiThing = EntityTypes.Of(EntityKind.MultiDatastream).Navigation("Thing")!;
    private static readonly Navigation s_locations = EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!;
    private static readonly Navigation s_feature = EntityTypes.Of(EntityKind.Observation).Navigation("FeatureOfInterest")!;

    /// <summary>Null when the Observation at that time tells of its feature.</summary>
    public async ValueTask<ApiProblem?> EnsureAsync(StreamTarget target, long timeMs, ObservationDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Feature is null && draft.NewFeature is null && timeMs >= target.SettledFromMs)
        {
            return null;
        }

        var settled = await desk.InTurnAsync(() => SettleAsync(target, timeMs, draft, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!settled.TryGet(out _, out var problem))
        {
            return problem;
        }

        if (draft.Feature is null && draft.NewFeature is null)
        {
            target.SettledFromMs = Math.Min(target.SettledFromMs, timeMs);
        }

        return null;
    }

    private async Task<Outcome<PlannedEntity>> SettleAsync(StreamTarget target, long timeMs, ObservationDraft draft, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(target, timeMs, cancellationToken).ConfigureAwait(false);
        if (draft.Feature is null && draft.NewFeature is null && current is not null && !target.IsOwn)
        {
            return current;
        }

        var changes = ImmutableArray.CreateBuilder<EntityChange>();
        if (!(await WantedAsync(target, draft, changes, cancellationToken).ConfigureAwait(false)).TryGet(out var wanted, out var problem))
        {
            return problem;
        }

        if (current?.Id == wanted.Id)
        {
            return wanted;
        }

        var (kind, id) = (target.Stream.Kind, target.Stream.Id);
        changes.Add(new EntityChange.Observe(kind, id, timeMs, wanted.Id));
        if (current is not null && (draft.Feature is not null || draft.NewFeature is not null))
        {
            // Named for this Observation alone: those after it tell of what they told of.
            changes.Add(new EntityChange.Observe(kind, id, timeMs + 1, current.Id));
        }

        var outcome = await ports.Entities.ChangeAsync(changes.ToImmutable(), ports.NowMs, cancellationToken).ConfigureAwait(false);
        return outcome.Refusal is { } refusal ? WriteProblems.Refused(new(refusal.Reason, refusal.Text)) : wanted;
    }

    private async ValueTask<Outcome<PlannedEntity>> WantedAsync(
        StreamTarget target, ObservationDraft draft, ImmutableArray<EntityChange>.Builder changes, CancellationToken cancellationToken)
    {
        if (draft.Feature is { } named)
        {
            return await ports.Entities.GetAsync(EntityKind.FeatureOfInterest, [named], cancellationToken).ConfigureAwait(false) is [var known]
                && known.Owner.City == target.City
                    ? PlannedEntity.Of(known)
                    : WriteProblems.Missing(EntityKind.FeatureOfInterest, named);
        }

        return draft.NewFeature is { } made
            ? await InsertAsync(target, made.Values, null, changes, cancellationToken).ConfigureAwait(false)
            : await OfLocationAsync(target, changes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Outcome<PlannedEntity>> OfLocationAsync(
        StreamTarget target, ImmutableArray<EntityChange>.Builder changes, CancellationToken cancellationToken)
    {
        var (kind, id) = (target.Stream.Kind, target.Stream.Id);
        var path = new ResourcePath(
            [new(kind, null, id), new(EntityKind.Thing, kind == EntityKind.Datastream ? s_thing : s_multiThing, null), new(EntityKind.Location, s_locations, null)],
            null,
            [],
            PathEnd.Entities);
        if (await FirstAsync(path, cancellationToken).ConfigureAwait(false) is not { } location)
        {
            return WriteProblems.Bad(
                $"The Thing of {EntityTypes.Of(kind).SetName}({id}) has no Location from which a FeatureOfInterest could be made. Give the Thing a Location, or the Observation a FeatureOfInterest.");
        }

        var key = $"{KeyPrefix}{location.Id}/{location.Version}";
        var known = await ports.Entities.FindRegisteredAsync(EntityKind.FeatureOfInterest, target.City, key, cancellationToken).ConfigureAwait(false);
        if (known is not null)
        {
            return PlannedEntity.Of(known);
        }

        var (from, to) = (EntityTypes.Of(EntityKind.Location), EntityTypes.Of(EntityKind.FeatureOfInterest));
        ImmutableArray<PropertySetting> values =
        [
            .. new[] { "name", "description", "encodingType" }.Select(n => new PropertySetting(to.Property(n)!, location[from.Property(n)!])),
            new(to.Property("feature")!, location[from.Property("location")!]),
        ];
        return await InsertAsync(target, values, key, changes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Outcome<PlannedEntity>> InsertAsync(
        StreamTarget target,
        ImmutableArray<PropertySetting> values,
        string? key,
        ImmutableArray<EntityChange>.Builder changes,
        CancellationToken cancellationToken)
    {
        var id = await ports.Entities.TakeIdsAsync(EntityKind.FeatureOfInterest, 1, cancellationToken).ConfigureAwait(false);
        var owner = new EntityOwner(target.City, target.Sensor.District, key);
        changes.Add(new EntityChange.Insert(EntityKind.FeatureOfInterest, id, owner, values, [], []));
        return new PlannedEntity(EntityKind.FeatureOfInterest, id, owner, isNew: true);
    }

    private async ValueTask<PlannedEntity?> CurrentAsync(StreamTarget target, long timeMs, CancellationToken cancellationToken)
    {
        if (ObservationId.Of(target.Components[0].Number, timeMs) is not { } id)
        {
            return null;
        }

        var path = new ResourcePath([new(EntityKind.Observation, null, id), new(EntityKind.FeatureOfInterest, s_feature, null)], null, [], PathEnd.Entities);
        return await FirstAsync(path, cancellationToken).ConfigureAwait(false) is { } feature ? PlannedEntity.Of(feature) : null;
    }

    private async ValueTask<Entity?> FirstAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        var query = new EntityQuery(path, QueryOptions.None with { Top = 1 }, ports.NowMs, EntitySight.Entities, QueryLimits.Default);
        var outcome = await ports.Entities.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Entities.FirstOrDefault();
    }
}
