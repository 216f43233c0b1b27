using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Plans the end of entities with all that goes with them (OGC 18-088, 10.4).</summary>
internal sealed class EntityRemoval(EntityPlan plan)
{
    private static readonly string[] s_streams = ["Datastreams", "MultiDatastreams"];

    private readonly ThingRegistration _things = new(plan);

    /// <summary>Plans it; false when the plan has a problem.</summary>
    /// <param name="entity">Which.</param>
    /// <param name="ifVersion">Only when it has this version; null for any.</param>
    public async ValueTask<bool> RemoveAsync(PlannedEntity entity, long? ifVersion)
    {
        switch (entity.Kind)
        {
            case EntityKind.Thing or EntityKind.Sensor or EntityKind.ObservedProperty:
                await RemoveStreamsAsync(entity).ConfigureAwait(false);
                RemoveEntry(entity, entity.Kind == EntityKind.Thing);
                break;
            case EntityKind.Datastream or EntityKind.MultiDatastream:
                RemoveEntry(entity, isRegistered: true);
                break;
            case EntityKind.Location:
                await RemovePlaceAsync(entity).ConfigureAwait(false);
                break;
            default:
                RemoveEntry(entity, isRegistered: false);
                break;
        }

        plan.Add(new EntityChange.Delete(entity.Kind, entity.Id, ifVersion));
        return plan.Problem is null;
    }

    /// <summary>Whether the entity stands in the city's file, or follows from what stands there. A feature that was made from a Location does not.</summary>
    public static bool IsOfFile(PlannedEntity entity) =>
        entity.Owner.RegistryKey is { } key && !key.StartsWith(FeatureResolution.KeyPrefix, StringComparison.Ordinal);

    private async ValueTask RemoveStreamsAsync(PlannedEntity entity)
    {
        foreach (var relation in s_streams)
        {
            foreach (var stream in await plan.AlongAsync(entity, relation).ConfigureAwait(false))
            {
                RemoveEntry(stream, isRegistered: true);
            }
        }
    }

    private async ValueTask RemovePlaceAsync(PlannedEntity location)
    {
        RemoveEntry(location, isRegistered: false);
        foreach (var thing in plan.Problem is null ? await plan.AlongAsync(location, "Things").ConfigureAwait(false) : [])
        {
            var left = await _things.LocationsAsync(thing).ConfigureAwait(false);
            _things.Place(thing, [.. left.Where(l => l.Id != location.Id)]);
        }
    }

    /// <summary>What the API registered is registered no longer; what the file registered stays.</summary>
    private void RemoveEntry(PlannedEntity entity, bool isRegistered)
    {
        if (isRegistered && plan.Entry(entity) is { } entry)
        {
            plan.Remove(entry);
        }
        else if (IsOfFile(entity))
        {
            plan.Fail(WriteProblems.InFile($"{EntityTypes.Of(entity.Kind).SetName}({entity.Id})"));
        }
    }
}
