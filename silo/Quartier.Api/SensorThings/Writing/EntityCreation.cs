using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Plans new entities with all that comes with them, to any depth (OGC 18-088, 10.2.1.2). What an entity needs is created before it, what needs the
/// entity after it.
/// </summary>
internal sealed class EntityCreation(EntityPlan plan)
{
    /// <summary>Relations to sets whose members an entity needs, or that take part in its own making.</summary>
    private static readonly (EntityKind Kind, string Relation)[] s_first =
    [
        (EntityKind.Thing, "Locations"), (EntityKind.HistoricalLocation, "Locations"), (EntityKind.MultiDatastream, "ObservedProperties"),
    ];

    private readonly ThingRegistration _things = new(plan);
    private readonly StreamRegistration _streams = new(plan);

    /// <summary>Plans the entity; null when the plan has a problem.</summary>
    /// <param name="body">What is to be created.</param>
    /// <param name="implied">The entity from which it is created, and the way back to it; null at the root.</param>
    public async ValueTask<PlannedEntity?> CreateAsync(EntityBody body, (Navigation Back, PlannedEntity Entity)? implied)
    {
        var links = new List<(Navigation Relation, PlannedEntity Target)>();
        if (implied is { } from)
        {
            links.Add((from.Back, from.Entity));
        }

        foreach (var link in body.Links.Where(l => IsFirst(l.Relation)))
        {
            if (await TargetAsync(link).ConfigureAwait(false) is not { } target)
            {
                return null;
            }

            links.Add((link.Relation, target));
        }

        var created = await InsertAsync(body, links).ConfigureAwait(false);
        return created is not null && await FollowAsync(body, created).ConfigureAwait(false) ? created : null;
    }

    private static bool IsFirst(Navigation relation) => !relation.Many || s_first.Contains((relation.Source, relation.Name));

    private ValueTask<PlannedEntity?> TargetAsync(BodyLink link) => link.Target is { } id
        ? plan.TargetAsync(link.Relation.Target, id)
        : CreateAsync(link.Inline!, null);

    private async ValueTask<PlannedEntity?> InsertAsync(EntityBody body, List<(Navigation Relation, PlannedEntity Target)> links)
    {
        if (body.Kind == EntityKind.ObservedProperty && links.Exists(l => l.Relation.Name is "MultiDatastreams"))
        {
            plan.Fail(WriteProblems.Conflict("The components of a MultiDatastream do not change. Create a new one."));
            return null;
        }

        var id = await plan.TakeIdAsync(body.Kind).ConfigureAwait(false);
        var owner = body.Kind switch
        {
            EntityKind.Thing => _things.Register(body, Along(links, "Locations")),
            EntityKind.Datastream => _streams.Register(body, id, Along(links, "Thing")[0], Along(links, "ObservedProperty")),
            EntityKind.MultiDatastream => _streams.Register(body, id, Along(links, "Thing")[0], Along(links, "ObservedProperties")),
            _ => new EntityOwner(plan.City, links.Select(l => l.Target.Owner.District).FirstOrDefault(d => d is not null), null),
        };
        if (owner is null || plan.Problem is not null)
        {
            return null;
        }

        var entity = plan.Remember(new(body.Kind, id, owner, isNew: true));
        entity.Take(body.Values);
        entity.Locations.AddRange(Along(links, "Locations").Where(_ => body.Kind == EntityKind.Thing).Select(l => l.Id));
        var own = links.Where(l => !IsMove(body.Kind, l.Relation)).ToList();
        plan.Add(new EntityChange.Insert(body.Kind, id, owner, body.Values, [.. own.Select(l => new EntityLink(l.Relation, l.Target.Id))], []));
        foreach (var (_, thing) in links.Except(own))
        {
            _things.Move(thing, [entity]);
        }

        return plan.Problem is null ? entity : null;
    }

    /// <summary>A Location that is created for a Thing becomes its present one, and the others its past (OGC 18-088, 8.2.2).</summary>
    private static bool IsMove(EntityKind kind, Navigation relation) => kind == EntityKind.Location && relation.Name is "Things";

    private async ValueTask<bool> FollowAsync(EntityBody body, PlannedEntity created)
    {
        foreach (var link in body.Links.Where(l => !IsFirst(l.Relation)))
        {
            var back = EntityTypes.Of(link.Relation.Target).Navigation(link.Relation.Inverse)!;
            var done = link.Inline is { Observation: { } draft } ? await ObserveAsync(created, draft).ConfigureAwait(false)
                : link.Inline is { } inline ? await CreateAsync(inline, (back, created)).ConfigureAwait(false) is not null
                : await LinkAsync(link, back, created).ConfigureAwait(false);
            if (!done)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An Observation that comes within its stream, or within the feature of which it tells.</summary>
    private async ValueTask<bool> ObserveAsync(PlannedEntity within, ObservationDraft draft)
    {
        var isStream = within.Kind != EntityKind.FeatureOfInterest;
        if (PostedObservation.Of(draft.Within(within.Kind, within.Id), isStream, out var problem) is not { } posted)
        {
            plan.Fail(problem!);
            return false;
        }

        if (!isStream && posted.Draft.NewStream is null && await plan.TargetAsync(posted.Kind, posted.Stream).ConfigureAwait(false) is null)
        {
            return false;
        }

        await EntityWrites.PlanObservationAsync(plan, posted).ConfigureAwait(false);
        return plan.Problem is null;
    }

    private async ValueTask<bool> LinkAsync(BodyLink link, Navigation back, PlannedEntity created) =>
        await plan.TargetAsync(link.Relation.Target, link.Target!.Value).ConfigureAwait(false) is { } target
        && new EntityChanging(plan).Link(target, back, created);

    private static ImmutableArray<PlannedEntity> Along(List<(Navigation Relation, PlannedEntity Target)> links, string relation) =>
        [.. links.Where(l => l.Relation.Name == relation).Select(l => l.Target)];
}
