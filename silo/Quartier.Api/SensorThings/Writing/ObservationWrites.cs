using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Takes the bodies of Observations: one, a list, or data arrays.</summary>
internal sealed class ObservationWrites(WritePorts ports, ObservationDesk desk, EntityWrites entities)
{
    /// <summary>One Observation, or a list of them.</summary>
    public async Task<IResult> PostAsync(Caller caller, ResourcePath path, JsonElement body, string root, CancellationToken cancellationToken)
    {
        if (body.ValueKind == JsonValueKind.Array)
        {
            return (await ParentAsync(path, cancellationToken).ConfigureAwait(false)).TryGet(out var parent, out var misplaced)
                ? await PostListAsync(caller, body, path.Last.Via, parent, root, cancellationToken).ConfigureAwait(false)
                : misplaced;
        }

        if (!(await ReadAsync(path, body, cancellationToken).ConfigureAwait(false)).TryGet(out var posted, out var problem))
        {
            return problem;
        }

        await PostAsync(caller, posted, cancellationToken).ConfigureAwait(false);
        return posted.Problem ?? (IResult)new CreatedAnswer($"{root}/Observations({posted.Id})");
    }

    /// <summary>One Observation for a set, as it is to be taken.</summary>
    public async ValueTask<Outcome<PostedObservation>> ReadAsync(ResourcePath path, JsonElement body, CancellationToken cancellationToken) =>
        (await ParentAsync(path, cancellationToken).ConfigureAwait(false)).TryGet(out var parent, out var problem) ? Read(body, path.Last.Via, parent) : problem;

    /// <summary>Takes one Observation with the stream that it may bring, or says why not; durable on return.</summary>
    public Task PostAsync(Caller caller, PostedObservation posted, CancellationToken cancellationToken) => posted.Draft.NewStream is null
        ? desk.PostAsync(caller, [posted], cancellationToken)
        : entities.ObserveAsync(caller, posted, cancellationToken);

    /// <summary>Data arrays.</summary>
    public async Task<IResult> PostArraysAsync(Caller caller, JsonElement body, string root, CancellationToken cancellationToken)
    {
        if (!DataArrayReader.Read(body).TryGet(out var observations, out var problem))
        {
            return problem;
        }

        await desk.PostAsync(caller, observations, cancellationToken).ConfigureAwait(false);
        return Refusal(observations) ?? (IResult)new WrittenList(observations, root);
    }

    /// <summary>An Observation as it is to be taken; what the address says counts where the body says nothing.</summary>
    public static Outcome<PostedObservation> Read(JsonElement body, Navigation? via, long[] parent)
    {
        if (BodyReader.ReadNew(body, EntityKind.Observation, via, out var wrong) is not { Observation: { } draft })
        {
            return WriteProblems.Body(wrong!);
        }

        if (parent is [var id])
        {
            draft = draft.Within(via!.Source, id);
        }

        return PostedObservation.Of(draft, parent.Length > 0 && via!.Source != EntityKind.FeatureOfInterest, out var problem) is { } posted ? posted : problem!;
    }

    /// <summary>Somebody who may write nothing at all is told so, and not by a list of errors.</summary>
    private static ApiProblem? Refusal(IReadOnlyList<PostedObservation> observations) =>
        observations.Count > 0 && observations.All(o => o.Problem is { Body.Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden })
            ? observations[0].Problem
            : null;

    private async Task<IResult> PostListAsync(
        Caller caller, JsonElement body, Navigation? via, long[] parent, string root, CancellationToken cancellationToken)
    {
        if (body.GetArrayLength() > BodyLimits.MaxObservations)
        {
            return WriteProblems.Body(new(string.Empty, $"more than {BodyLimits.MaxObservations} Observations in one body. Send them in parts") { IsTooMuch = true });
        }

        var observations = new List<PostedObservation>();
        foreach (var item in body.EnumerateArray())
        {
            if (Read(item, via, parent).TryGet(out var posted, out var problem) && posted.Draft.NewStream is null)
            {
                observations.Add(posted);
                continue;
            }

            problem ??= WriteProblems.Bad("In a list Observations name streams that exist. One that brings its stream is sent alone, or in a change set.");
            observations.Add(new(EntityKind.Datastream, 0, new(null, ObservationResult.Of(0), null, null, null, null)) { Problem = problem });
        }

        await desk.PostAsync(caller, observations, cancellationToken).ConfigureAwait(false);
        return Refusal(observations) ?? (IResult)new WrittenList(observations, root);
    }

    /// <summary>The id of the entity to whose Observations is posted; nothing at the root.</summary>
    private async ValueTask<Outcome<long[]>> ParentAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        if (!path.IsSet)
        {
            return WriteProblems.Bad("An Observation is created in a set, such as Observations or Datastreams(1)/Observations.");
        }

        if (path.Steps.Length == 1)
        {
            return Array.Empty<long>();
        }

        // An entity that is named by its id is looked for where the Observation goes to.
        if (path.Steps.Length == 2 && path.Steps[0].Key is { } id)
        {
            return new[] { id };
        }

        return (await WriteTarget.FindAsync(ports, WriteTarget.Parent(path), cancellationToken).ConfigureAwait(false)).TryGet(out var found, out var problem)
            ? new[] { found.Id }
            : problem;
    }
}
