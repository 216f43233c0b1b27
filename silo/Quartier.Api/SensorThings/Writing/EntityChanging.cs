using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Plans changes of stored entities, and what they mean for the registry.</summary>
internal sealed class EntityChanging(EntityPlan plan)
{
    private static readonly string[] s_registered = ["unitOfMeasurement", "unitOfMeasurements", "observationType", "multiObservationDataTypes"];

    private readonly ThingRegistration _things = new(plan);
    private readonly StreamRegistration _streams = new(plan);

    /// <summary>Plans new values and links of an entity; false when the plan has a problem.</summary>
    /// <param name="entity">Which.</param>
    /// <param name="body">What changes.</param>
    /// <param name="ifVersion">Only when it has this version; null for any.</param>
    public async ValueTask<bool> ChangeAsync(PlannedEntity entity, EntityBody body, long? ifVersion)
    {
        var values = Changed(entity, body.Values);
        entity.Take(values);
        await RegisterAsync(entity, values).ConfigureAwait(false);
        if (plan.Problem is not null)
        {
            return false;
        }

        plan.Add(new EntityChange.Update(entity.Kind, entity.Id, ifVersion, values, []));
        foreach (var links in body.Links.GroupBy(l => l.Relation))
        {
            if (!await LinkAllAsync(entity, links.Key, [.. links.Select(l => l.Target!.Value)]).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Plans a relation; along a to-one relation it replaces the present one. False when the plan has a problem.</summary>
    public bool Link(PlannedEntity entity, Navigation relation, PlannedEntity target)
    {
        switch (entity.Kind, relation.Name)
        {
            case (EntityKind.Thing, "Locations"):
                _things.Move(entity, [target]);
                break;
            case (EntityKind.Location, "Things"):
                _things.Move(target, [entity]);
                break;
            case (EntityKind.Datastream or EntityKind.MultiDatastream, "Thing"):
                _streams.Mount(entity, target);
                break;
            case (EntityKind.Thing, "Datastreams" or "MultiDatastreams"):
                _streams.Mount(target, entity);
                break;
            case (EntityKind.MultiDatastream, "ObservedProperties") or (EntityKind.ObservedProperty, "MultiDatastreams"):
                plan.Fail(WriteProblems.Conflict("The components of a MultiDatastream are what its Observations consist of, and do not change. Create a new one."));
                break;
            case (_, "Observations") or (EntityKind.Observation, _):
                plan.Fail(WriteProblems.NotDone("Observations are not moved from one entity to another: they rest in sealed blocks."));
                break;
            case (EntityKind.Datastream or EntityKind.MultiDatastream, _) when plan.Entry(entity) is null:
                plan.Fail(WriteProblems.InFile($"The {relation.Name} of {entity.Kind}s({entity.Id})"));
                break;
            default:
                break;
        }

        if (plan.Problem is null && relation.Name is not "Locations" and not "Things")
        {
            plan.Add(new EntityChange.Connect(entity.Kind, entity.Id, new(relation, target.Id)));
        }

        return plan.Problem is null;
    }

    /// <summary>Plans the end of a relation; false when the plan has a problem.</summary>
    public async ValueTask<bool> UnlinkAsync(PlannedEntity entity, Navigation relation, PlannedEntity target)
    {
        var thing = (entity.Kind, relation.Name) switch
        {
            (EntityKind.Thing, "Locations") => entity,
            (EntityKind.Location, "Things") => target,
            _ => null,
        };
        if (thing is not null)
        {
            var gone = ReferenceEquals(thing, entity) ? target : entity;
            var left = await _things.LocationsAsync(thing).ConfigureAwait(false);
            _things.Place(thing, [.. left.Where(l => l.Id != gone.Id)]);
        }

        plan.Add(new EntityChange.Disconnect(entity.Kind, entity.Id, new(relation, target.Id)));
        return plan.Problem is null;
    }

    private async ValueTask<bool> LinkAllAsync(PlannedEntity entity, Navigation relation, ImmutableArray<long> targets)
    {
        var found = new List<PlannedEntity>();
        foreach (var id in targets)
        {
            if (await plan.TargetAsync(relation.Target, id).ConfigureAwait(false) is not { } target)
            {
                return false;
            }

            found.Add(target);
        }

        if (entity.Kind == EntityKind.Thing && relation.Name is "Locations")
        {
            _things.Move(entity, found);
            return plan.Problem is null;
        }

        foreach (var target in found)
        {
            if (!Link(entity, relation, target))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The values that differ: a client that sends back what it read changes nothing.</summary>
    private static ImmutableArray<PropertySetting> Changed(PlannedEntity entity, ImmutableArray<PropertySetting> values) =>
        [.. values.Where(s => !IsSame(entity.Text(s.Property.Name), s.Value))];

    private static bool IsSame(string? stored, EntityValue value)
    {
        if (value.Kind is ValueKind.Instant or ValueKind.Interval)
        {
            return false;
        }

        if (stored is null || value.Text is null || value.Kind == ValueKind.Text)
        {
            return stored == value.Text;
        }

        return JsonNode.DeepEquals(JsonNode.Parse(stored), JsonNode.Parse(value.Text));
    }

    private async ValueTask RegisterAsync(PlannedEntity entity, ImmutableArray<PropertySetting> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var entry = plan.Entry(entity);
        switch (entity.Kind)
        {
            case EntityKind.Thing when entry is not null:
                plan.Put(RegistryEntries.With(entry, ("name", JsonValue.Create(entity.Text("name")))));
                break;
            case EntityKind.Datastream or EntityKind.MultiDatastream when entry is not null:
                _streams.Renew(entity, entry);
                break;
            case EntityKind.Datastream or EntityKind.MultiDatastream when values.Any(v => s_registered.Contains(v.Property.Name)):
                plan.Fail(WriteProblems.InFile($"What {entity.Kind}s({entity.Id}) observes"));
                break;
            case EntityKind.Location when values.Any(v => v.Property.Name is "location"):
                await PlaceThingsAsync(entity).ConfigureAwait(false);
                break;
            case EntityKind.FeatureOfInterest when entity.Owner.RegistryKey is not null && values.Any(v => v.Property.Name is "feature"):
                plan.Fail(WriteProblems.InFile($"Where FeaturesOfInterest({entity.Id}) is"));
                break;
            default:
                break;
        }
    }

    private async ValueTask PlaceThingsAsync(PlannedEntity location)
    {
        if (location.Owner.RegistryKey is not null)
        {
            plan.Fail(WriteProblems.InFile($"Where Locations({location.Id}) is"));
            return;
        }

        foreach (var thing in await plan.AlongAsync(location, "Things").ConfigureAwait(false))
        {
            _things.Place(thing, await _things.LocationsAsync(thing).ConfigureAwait(false));
        }
    }
}
