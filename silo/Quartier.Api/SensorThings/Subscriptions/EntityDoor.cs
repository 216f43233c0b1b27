using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Writing;
using Quartier.Contracts.Principals;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>Creates what clients publish (OGC 18-088, 14.1), by the rights and rules of POST. Any thread may call.</summary>
public sealed class EntityDoor
{
    private readonly EntityWrites _entities;
    private readonly ObservationWrites _observations;
    private readonly ObservationDesk _desk;

    internal EntityDoor(EntityWrites entities, ObservationWrites observations, ObservationDesk desk) =>
        (_entities, _observations, _desk) = (entities, observations, desk);

    /// <summary>Creates the entities one after the other; Observations that follow each other wait for the disk together.</summary>
    /// <param name="principal">On whose behalf.</param>
    /// <param name="published">In order.</param>
    /// <param name="cancellationToken">Ends the waiting; what has begun is carried out.</param>
    /// <returns>One answer for each.</returns>
    public async Task<DoorAnswer[]> CreateAsync(Principal principal, IReadOnlyList<PublishedEntity> published, CancellationToken cancellationToken)
    {
        var caller = new Caller(principal, null);
        var answers = new DoorAnswer[published.Count];
        if (principal.Kind == PrincipalKind.Public)
        {
            // Nobody in particular may create nothing at all: what is sent is not worth reading.
            Array.Fill(answers, new(StatusCodes.Status401Unauthorized, "Only clients that send an API key as the password create entities."));
            return answers;
        }

        var waiting = new List<(int Index, PostedObservation Observation)>();
        for (var i = 0; i < published.Count; i++)
        {
            if (!Read(published[i]).TryGet(out var read, out var problem))
            {
                answers[i] = Answer(problem);
                continue;
            }

            using var body = read.Body;
            if (read.Path.Last.Kind == EntityKind.Observation)
            {
                var posted = await _observations.ReadAsync(read.Path, body.RootElement, cancellationToken).ConfigureAwait(false);
                if (posted.TryGet(out var observation, out problem) && observation.Draft.NewStream is null)
                {
                    waiting.Add((i, observation));
                }
                else if (observation is not null)
                {
                    // It changes entities, and those around it may name what it creates.
                    await TakeAsync(caller, waiting, answers, cancellationToken).ConfigureAwait(false);
                    await _observations.PostAsync(caller, observation, cancellationToken).ConfigureAwait(false);
                    problem = observation.Problem;
                }

                answers[i] = Answer(problem);
                continue;
            }

            await TakeAsync(caller, waiting, answers, cancellationToken).ConfigureAwait(false);
            var written = await _entities.CreateAsync(caller, read.Path, body.RootElement, cancellationToken).ConfigureAwait(false);
            answers[i] = Answer(written.TryGet(out _, out problem) ? null : problem);
        }

        await TakeAsync(caller, waiting, answers, cancellationToken).ConfigureAwait(false);
        return answers;
    }

    private static Outcome<(ResourcePath Path, JsonDocument Body)> Read(PublishedEntity published)
    {
        if (!WriteTarget.Read(published.Path).TryGet(out var path, out var problem))
        {
            return problem;
        }

        if (published.Body.Length > BodyLimits.MaxBytes)
        {
            return WriteProblems.Body(new(string.Empty, $"more than {BodyLimits.MaxBytes} bytes in one message. Send it in parts") { IsTooMuch = true });
        }

        return BodyReader.Parse(published.Body, out var wrong) is { } body ? (path, body) : WriteProblems.Body(wrong!);
    }

    private async Task TakeAsync(
        Caller caller, List<(int Index, PostedObservation Observation)> waiting, DoorAnswer[] answers, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
        {
            return;
        }

        await _desk.PostAsync(caller, waiting.ConvertAll(w => w.Observation), cancellationToken).ConfigureAwait(false);
        foreach (var (index, observation) in waiting)
        {
            answers[index] = Answer(observation.Problem);
        }

        waiting.Clear();
    }

    private static DoorAnswer Answer(ApiProblem? problem) =>
        problem is null ? DoorAnswer.Created : new(problem.Body.Status, problem.Body.Detail ?? problem.Body.Title);
}
