using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>A change set: one plan of all its requests. Observations in it are changed, and then taken, when its entities are there.</summary>
internal sealed class BatchGroup(
    WritePorts ports, EntityDesk desk, EntityWrites writes, ObservationGroup observations, ComingObservations coming, IServiceScopeFactory scopes)
{
    /// <summary>Carries it out; one answer for each request.</summary>
    public async Task<List<BatchAnswer>> RunAsync(HttpContext context, List<BatchItem> items, BatchReferences references, CancellationToken cancellationToken)
    {
        if (ObservationGroup.Holds(items, references)
            && await observations.RunAsync(context, items, references, cancellationToken).ConfigureAwait(false) is { } taken)
        {
            return taken;
        }

        var caller = Caller.Of(context);
        var (made, ends) = (new List<WrittenEntity?>(), new List<int>());
        var at = 0;
        var (choice, asked) = await CityAsync(caller, items, references, cancellationToken).ConfigureAwait(false);
        if (!choice.TryGet(out var city, out var problem))
        {
            return Failed(items, asked, problem);
        }

        var changes = new ObservationChangeSet(context, scopes, ports.Readings);
        await using var ended = changes.ConfigureAwait(false);
        var written = await desk.WriteAsync(
            caller,
            city,
            async plan =>
            {
                made.Clear();
                ends.Clear();
                changes.Clear();
                for (at = 0; at < items.Count && plan.Problem is null; at++)
                {
                    made.Add(await PlanAsync(plan, (items[at], at), references, changes).ConfigureAwait(false));
                    ends.Add(plan.Observations.Count);
                }
            },
            JudgeAsync,
            changes.CarryOutAsync,
            cancellationToken).ConfigureAwait(false);
        if (!written.TryGet(out var plan, out problem))
        {
            return Failed(items, at > 0 ? at - 1 : FirstChange(items, references), problem);
        }

        // An Observation that would be refused is named by the request that brings it.
        async ValueTask JudgeAsync(EntityPlan plan, RegistrySnapshot registry)
        {
            await coming.CheckAsync(plan, registry).ConfigureAwait(false);
            at = plan.RefusedObservation is { } refused ? ends.FindIndex(end => refused < end) + 1 : at;
            if (plan.Problem is null)
            {
                await changes.RecordAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await changes.WhenDurable().ConfigureAwait(false);
        var observed = await writes.ObserveAsync(caller, plan, cancellationToken).ConfigureAwait(false);
        return [.. items.Select((item, i) => changes.Answer(i, item) ?? Done(context, item, made[i], observed[(i == 0 ? 0 : ends[i - 1])..ends[i]]))];
    }

    /// <summary>One request was refused, and therefore all of them.</summary>
    public static List<BatchAnswer> Failed(List<BatchItem> items, int at, ApiProblem problem) =>
    [
        .. items.Select((item, i) => BatchRun.Answer(
            item, i == at ? problem : BatchRun.Dependency("A request of its change set was refused, so none of them was carried out."))),
    ];

    /// <summary>Once the change set's entities are there, each request answers for its own Observations.</summary>
    public static BatchAnswer Done(HttpContext context, BatchItem item, WrittenEntity? created, List<PostedObservation> observed)
    {
        var problem = created is null ? observed.Find(o => o.Problem is not null)?.Problem : EntityWrites.Refused(observed);
        if (problem is not null)
        {
            return BatchRun.Answer(item, problem);
        }

        var entity = created ?? (observed is [.., var one] ? new WrittenEntity(EntityKind.Observation, one.Id) : null);
        KeyValuePair<string, string>[] headers = entity is null ? [] : [KeyValuePair.Create("Location", $"{WriteRoutes.Root(context)}/{entity.Path}")];
        return new(item.Id, entity is null ? StatusCodes.Status200OK : StatusCodes.Status201Created, headers, default) { Group = item.Group };
    }

    /// <summary>Who may change no entities is told so where one would change.</summary>
    private static int FirstChange(List<BatchItem> items, BatchReferences references) =>
        Math.Max(0, items.FindIndex(item => ObservationGroup.ChangesEntities(item, references)));

    /// <summary>All of them belong to one city: that of the first one that says so. Otherwise what stands against one of them, and which.</summary>
    private async ValueTask<(Outcome<string> City, int At)> CityAsync(
        Caller caller, List<BatchItem> items, BatchReferences references, CancellationToken cancellationToken)
    {
        var (last, at) = (WriteProblems.Bad("No request of the change set can be read. Each needs a method, an address below the root and, but for DELETE, a JSON body."), 0);
        for (var i = 0; i < items.Count; i++)
        {
            // What is created within the change set is of its city anyway.
            if (references.Path(items[i].Url) is not { } path || !WriteTarget.Read(path).TryGet(out var target, out _))
            {
                continue;
            }

            if (Refuse(items[i].Method, target) is { } refusal)
            {
                (last, at) = (refusal, i);
                continue;
            }

            // Whatever its city: it is judged by itself.
            if (ObservationChangeSet.Concerns(items[i].Method, target))
            {
                continue;
            }

            if (target.Steps[0].Key is { } id)
            {
                if (await ports.Entities.GetAsync(target.Steps[0].Kind, [id], cancellationToken).ConfigureAwait(false) is [var entity])
                {
                    return (entity.Owner.City, i);
                }

                (last, at) = (WriteProblems.NotFound(target.Steps[0].Kind, id), i);
                continue;
            }

            using var json = BodyReader.Parse(references.Body(items[i].Body), out _);
            if (json is null || BodyReader.ReadNew(json.RootElement, target.Last.Kind, target.Last.Via, out _) is not { } body)
            {
                continue;
            }

            var choice = await CityChoice.FindAsync(ports, caller, body, cancellationToken).ConfigureAwait(false);
            if (choice.TryGet(out var city, out var unclear))
            {
                return (city, i);
            }

            (last, at) = (unclear, i);
        }

        return (last, at);
    }

    private async ValueTask<WrittenEntity?> PlanAsync(EntityPlan plan, (BatchItem Item, int At) request, BatchReferences references, ObservationChangeSet changes)
    {
        var item = request.Item;
        if (references.Path(item.Url) is not { } text)
        {
            plan.Fail(BatchRun.Dependency($"'{Problems.Quote(item.Url)}' names nothing that this batch has created before."));
            return null;
        }

        if (!WriteTarget.Read(text).TryGet(out var path, out var problem) || (problem = Refuse(item.Method, path)) is not null)
        {
            plan.Fail(problem);
            return null;
        }

        if (ObservationChangeSet.Concerns(item.Method, path))
        {
            if (await changes.JudgeAsync(request.At, item, path, references, plan.Cancellation).ConfigureAwait(false) is { } refusal)
            {
                plan.Fail(refusal);
            }

            return null;
        }

        if (!WrittenVersion.Read(item.Headers.GetValueOrDefault("If-Match"), item.Headers.GetValueOrDefault("If-None-Match")).TryGet(out var version, out problem))
        {
            plan.Fail(problem);
            return null;
        }

        if (item.Method is "DELETE")
        {
            await EntityWrites.PlanRemovalAsync(plan, path.Last.Kind, path.Steps[0].Key ?? 0, version).ConfigureAwait(false);
            return null;
        }

        using var json = BodyReader.Parse(references.Body(item.Body), out var wrong);
        if (json is null)
        {
            plan.Fail(WriteProblems.Body(wrong!));
            return null;
        }

        return await PlanBodyAsync(plan, item, path, (json.RootElement, version), references).ConfigureAwait(false);
    }

    private async ValueTask<WrittenEntity?> PlanBodyAsync(
        EntityPlan plan, BatchItem item, ResourcePath path, (JsonElement Json, WrittenVersion Version) body, BatchReferences references)
    {
        var (json, version) = body;
        switch (item.Method)
        {
            case "POST" when path.Last.Kind == EntityKind.Observation:
                await ObserveAsync(plan, path, json).ConfigureAwait(false);
                return null;
            case "POST":
                return await CreateAsync(plan, item, path, json, references).ConfigureAwait(false);
            case "PATCH" or "PUT":
                await writes.PlanChangeAsync(plan, path.Last.Kind, path.Steps[0].Key ?? 0, json, item.Form, version).ConfigureAwait(false);
                return null;
            default:
                plan.Fail(WriteProblems.Bad($"'{Problems.Quote(item.Method)}' cannot stand in a change set: POST, PATCH, PUT and DELETE can."));
                return null;
        }
    }

    private static async ValueTask<WrittenEntity?> CreateAsync(
        EntityPlan plan, BatchItem item, ResourcePath path, JsonElement json, BatchReferences references)
    {
        if (BodyReader.ReadNew(json, path.Last.Kind, path.Last.Via, out var wrong) is not { } body)
        {
            plan.Fail(WriteProblems.Body(wrong!));
            return null;
        }

        var parent = path.Steps.Length == 1 ? null : path.Steps[0].Key;
        if (await EntityWrites.PlanAsync(plan, body, path.Last.Via, parent).ConfigureAwait(false) is not { } created)
        {
            return null;
        }

        var written = new WrittenEntity(created.Kind, created.Id);
        references.Add(item.Id, written);
        return written;
    }

    private static async ValueTask ObserveAsync(EntityPlan plan, ResourcePath path, JsonElement json)
    {
        long[] parent = path.Steps.Length == 1 ? [] : [path.Steps[0].Key ?? 0];
        if (ObservationWrites.Read(json, path.Last.Via, parent).TryGet(out var posted, out var problem))
        {
            await EntityWrites.PlanObservationAsync(plan, posted).ConfigureAwait(false);
        }
        else
        {
            plan.Fail(problem);
        }
    }

    /// <summary>In a change set entities are named by their ids: what a longer path leads to may be what the change set itself changes.</summary>
    private static ApiProblem? Refuse(string method, ResourcePath path) => method switch
    {
        "POST" => path is { IsSet: true, Last.Key: null, Steps.Length: 1 or 2 }
            ? null
            : WriteProblems.Bad("In a change set POST creates an entity in a set, or in a set of an entity, such as Things or Things(1)/Datastreams."),
        _ when ObservationChangeSet.Concerns(method, path) => null,
        _ when path.Steps.Length > 1 =>
            WriteProblems.Bad("In a change set an entity is changed and deleted by its own address, such as Datastreams(1)."),
        _ => EntityWrites.RefuseChange(path),
    };
}
