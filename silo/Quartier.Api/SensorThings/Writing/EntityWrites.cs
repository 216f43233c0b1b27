using System.Text.Json;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Principals;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Single changes of entities, each its own plan.</summary>
internal sealed class EntityWrites(WritePorts ports, EntityDesk desk, ObservationDesk observations, ComingObservations coming)
{
    /// <summary>Creates an entity with all that comes with it.</summary>
    public async Task<Outcome<WrittenEntity>> CreateAsync(Caller caller, ResourcePath path, JsonElement json, CancellationToken cancellationToken)
    {
        if (!path.IsSet || path.Last.Key is not null)
        {
            return WriteProblems.Bad("POST creates an entity in a set, such as Things or Things(1)/Datastreams.");
        }

        if (BodyReader.ReadNew(json, path.Last.Kind, path.Last.Via, out var wrong) is not { } body)
        {
            return WriteProblems.Body(wrong!);
        }

        Entity? parent = null;
        var problem = (ApiProblem?)null;
        if (path.Steps.Length > 1
            && !(await WriteTarget.FindAsync(ports, WriteTarget.Parent(path), cancellationToken).ConfigureAwait(false)).TryGet(out parent, out problem))
        {
            return problem;
        }

        var city = parent?.Owner.City;
        if (city is null && !(await CityChoice.FindAsync(ports, caller, body, cancellationToken).ConfigureAwait(false)).TryGet(out city, out problem))
        {
            return problem;
        }

        PlannedEntity? created = null;
        var written = await desk.WriteAsync(
            caller,
            city,
            async plan => created = await PlanAsync(plan, body, path.Last.Via, parent?.Id).ConfigureAwait(false),
            coming.CheckAsync,
            null,
            cancellationToken).ConfigureAwait(false);
        return written.TryGet(out var made, out problem)
            && (problem = Refused(await ObserveAsync(caller, made, cancellationToken).ConfigureAwait(false))) is null
            ? new WrittenEntity(created!.Kind, created.Id)
            : problem;
    }

    /// <summary>Takes an Observation with the stream that it brings, or says why neither; durable on return.</summary>
    public async Task ObserveAsync(Caller caller, PostedObservation posted, CancellationToken cancellationToken)
    {
        if (!(await CityChoice.FindAsync(ports, caller, posted.Draft.NewStream!, cancellationToken).ConfigureAwait(false)).TryGet(out var city, out var problem))
        {
            posted.Problem = problem;
            return;
        }

        var written = await desk.WriteAsync(caller, city, plan => PlanObservationAsync(plan, posted), coming.CheckAsync, null, cancellationToken).ConfigureAwait(false);
        if (!written.TryGet(out var made, out problem))
        {
            posted.Problem = problem;
            return;
        }

        var observed = await ObserveAsync(caller, made, cancellationToken).ConfigureAwait(false);
        (posted.Id, posted.Problem) = (observed[^1].Id, Refused(observed));
    }

    /// <summary>Plans an Observation, behind those of the stream that it may bring.</summary>
    public static async ValueTask PlanObservationAsync(EntityPlan plan, PostedObservation posted)
    {
        var (kind, stream) = (posted.Kind, posted.Stream);
        if (posted.Draft.NewStream is { } brought)
        {
            if (await new EntityCreation(plan).CreateAsync(brought, null).ConfigureAwait(false) is not { } created)
            {
                return;
            }

            stream = created.Id;
        }

        plan.Observations.Add(new(kind, stream, posted.Draft with { NewStream = null }));
    }

    /// <summary>Plans a new entity in a set of another one, or at the root.</summary>
    public static async ValueTask<PlannedEntity?> PlanAsync(EntityPlan plan, EntityBody body, Navigation? via, long? parent)
    {
        if (via is null || parent is null)
        {
            return await new EntityCreation(plan).CreateAsync(body, null).ConfigureAwait(false);
        }

        var back = EntityTypes.Of(via.Target).Navigation(via.Inverse)!;
        return await plan.TargetAsync(via.Source, parent.Value).ConfigureAwait(false) is { } entity
            ? await new EntityCreation(plan).CreateAsync(body, (back, entity)).ConfigureAwait(false)
            : null;
    }

    /// <summary>Changes an entity.</summary>
    public async Task<Outcome<WrittenEntity>> ChangeAsync(
        Caller caller, ResourcePath path, JsonElement json, ChangeForm form, WrittenVersion ifVersion, CancellationToken cancellationToken)
    {
        if (RefuseChange(path) is { } refusal || (refusal = RefuseAnywhere(caller)) is not null)
        {
            return refusal;
        }

        if (!(await WriteTarget.FindAsync(ports, path, cancellationToken).ConfigureAwait(false)).TryGet(out var entity, out var problem))
        {
            return problem;
        }

        var written = await desk.WriteAsync(
            caller, entity.Owner.City, plan => PlanChangeAsync(plan, entity.Kind, entity.Id, json, form, ifVersion), null, null, cancellationToken).ConfigureAwait(false);
        return written.TryGet(out _, out problem) ? new WrittenEntity(entity.Kind, entity.Id) : problem;
    }

    /// <summary>Plans a change.</summary>
    public async ValueTask PlanChangeAsync(EntityPlan plan, EntityKind kind, long id, JsonElement json, ChangeForm form, WrittenVersion ifVersion)
    {
        if (await FindAsync(plan, kind, id, ifVersion).ConfigureAwait(false) is not { } found)
        {
            return;
        }

        var body = form == ChangeForm.Patch
            ? await PatchedAsync(plan, kind, id, json).ConfigureAwait(false)
            : ReadChange(plan, kind, json, form == ChangeForm.Replace);
        if (body is not null)
        {
            await new EntityChanging(plan).ChangeAsync(found, body, ifVersion.IsBound ? found.Version : null).ConfigureAwait(false);
        }
    }

    /// <summary>Ends an entity with all that goes with it.</summary>
    public async Task<Outcome<WrittenEntity>> RemoveAsync(Caller caller, ResourcePath path, WrittenVersion ifVersion, CancellationToken cancellationToken)
    {
        if (RefuseChange(path) is { } refusal || (refusal = RefuseAnywhere(caller)) is not null)
        {
            return refusal;
        }

        if (!(await WriteTarget.FindAsync(ports, path, cancellationToken).ConfigureAwait(false)).TryGet(out var entity, out var problem))
        {
            return problem;
        }

        var written = await desk.WriteAsync(
            caller, entity.Owner.City, plan => PlanRemovalAsync(plan, entity.Kind, entity.Id, ifVersion), null, null, cancellationToken).ConfigureAwait(false);
        return written.TryGet(out _, out problem) ? new WrittenEntity(entity.Kind, entity.Id) : problem;
    }

    /// <summary>Plans the end of an entity.</summary>
    public static async ValueTask PlanRemovalAsync(EntityPlan plan, EntityKind kind, long id, WrittenVersion ifVersion)
    {
        if (await FindAsync(plan, kind, id, ifVersion).ConfigureAwait(false) is { } found)
        {
            await new EntityRemoval(plan).RemoveAsync(found, ifVersion.IsBound ? found.Version : null).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the Observations that came with a plan's entities, in the plan's order: each says itself what stands against it.</summary>
    public async Task<List<PostedObservation>> ObserveAsync(Caller caller, EntityPlan plan, CancellationToken cancellationToken)
    {
        List<PostedObservation> posted = [.. plan.Observations.Select(o => new PostedObservation(o.Kind, o.Stream, o.Draft))];
        if (posted.Count > 0)
        {
            await observations.PostAsync(caller, posted, cancellationToken).ConfigureAwait(false);
        }

        return posted;
    }

    /// <summary>What stands against Observations that came within an entity: it is told, though the entity is there. Null when all are taken.</summary>
    public static ApiProblem? Refused(List<PostedObservation> posted) => posted.Find(o => o.Problem is not null)?.Problem is { } first
        ? WriteProblems.Bad($"The entities are created, but of {posted.Count} Observations {posted.Count(o => o.Problem is not null)} are not taken. The first: {first.Body.Detail}")
        : null;

    /// <summary>The entity to be changed, as it is stored; null when the plan has a problem. Whose version is another is told here, where it is known which request asked.</summary>
    public static async ValueTask<PlannedEntity?> FindAsync(EntityPlan plan, EntityKind kind, long id, WrittenVersion ifVersion)
    {
        var found = await plan.FindAsync(kind, id).ConfigureAwait(false);
        if (found is null)
        {
            plan.Fail(WriteProblems.NotFound(kind, id));
        }
        else if (found.Version is { } version && ifVersion.Refuse($"{EntityTypes.Of(kind).SetName}({id})", version) is { } other)
        {
            plan.Fail(other);
            found = null;
        }

        return found;
    }

    /// <summary>Whoever may change the entities of no city is told nothing of which there are: some FeaturesOfInterest are not there for everybody.</summary>
    public static ApiProblem? RefuseAnywhere(Caller caller) => Permission.Refuse(caller, Right.ApplyRegistry, caller.Principal.City);

    /// <summary>Why what the path leads to is neither changed nor removed among entities; null when it may be.</summary>
    public static ApiProblem? RefuseChange(ResourcePath path) =>
        path.IsSet ? WriteProblems.Bad("A set is not changed as a whole. Name the entity, such as Things(1).") : null;

    private static EntityBody? ReadChange(EntityPlan plan, EntityKind kind, JsonElement json, bool replaces)
    {
        var body = BodyReader.ReadChange(json, kind, replaces, out var wrong);
        if (body is null)
        {
            plan.Fail(WriteProblems.Body(wrong!));
        }

        return body;
    }

    private async ValueTask<EntityBody?> PatchedAsync(EntityPlan plan, EntityKind kind, long id, JsonElement patch)
    {
        var stored = await ports.Entities.GetAsync(kind, [id], plan.Cancellation).ConfigureAwait(false);
        if (stored is not [var entity])
        {
            plan.Fail(WriteProblems.NotFound(kind, id));
            return null;
        }

        if (JsonPatch.Apply(EntityDocument.Of(entity), patch, out var wrong) is not { } document)
        {
            plan.Fail(WriteProblems.Body(wrong!));
            return null;
        }

        using var patched = JsonDocument.Parse(document.ToJsonString());
        return ReadChange(plan, kind, patched.RootElement, replaces: true);
    }
}
