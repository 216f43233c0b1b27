using System.Text.Json;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Answers;
using Quartier.Api.SensorThings.Districts;
using Quartier.Api.SensorThings.Projection;
using Quartier.Api.SensorThings.Reading;
using Quartier.Contracts.Principals;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Principals;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Changes and withdraws single Observations (OGC 18-088, 10.3 and 10.4). Whoever may create Observations of a stream and read them one by one may do so;
/// everybody else gets an answer that does not tell whether there is such an Observation.
/// </summary>
internal sealed class ObservationChanges(
    WritePorts ports, EntityDesk desk, EntityProjection projection, StreamTargets targets, CorrectionDesk corrections, IObservationReader observations, ObservationRights rights, ObservationAccess access, CityDesks desks, RequestLanguage language)
{
    /// <summary>A registry that changes meanwhile lets a change be planned again; more often in a row only when something is wrong.</summary>
    private const int MostTries = 4;

    private const int RetrySeconds = 2;

    /// <summary>Changes what the path leads to.</summary>
    public Task<Outcome<WrittenEntity>> ChangeAsync(
        HttpContext context, ResourcePath path, JsonElement change, ChangeForm form, WrittenVersion ifVersion, CancellationToken cancellationToken) =>
        WriteAsync(context, path, ifVersion, seen => ObservationEdit.Of(seen, change, form), cancellationToken);

    /// <summary>Withdraws what the path leads to.</summary>
    public Task<Outcome<WrittenEntity>> WithdrawAsync(HttpContext context, ResourcePath path, WrittenVersion ifVersion, CancellationToken cancellationToken) =>
        WriteAsync(context, path, ifVersion, seen => ObservationEdit.Withdrawal(seen), cancellationToken);

    /// <summary>What stands against the request before anything is looked up: who may change nothing anywhere is told so. Null when it may be looked at.</summary>
    public static ApiProblem? Refuse(Caller caller, ResourcePath path)
    {
        var principal = caller.Principal;
        if (principal.Kind != PrincipalKind.Person || !(principal.Has(Role.Administrator) || principal.Has(Role.Operator)))
        {
            return Permission.Refuse(caller, Right.ApplyRegistry, principal.City);
        }

        return path.Last.Key is null || path.Steps.Length > 2
            ? WriteProblems.Bad("An Observation is changed by its own address, such as Observations(1) or Datastreams(1)/Observations(1).")
            : null;
    }

    /// <summary>Judges a request by what holds at present; changes nothing.</summary>
    public async Task<Outcome<JudgedChange>> JudgeAsync(ObservationRequest request, CancellationToken cancellationToken)
    {
        if (Refuse(request.Caller, request.Path) is { } refusal)
        {
            return refusal;
        }

        var found = await SeeAsync(request, cancellationToken).ConfigureAwait(false);
        if (!found.TryGet(out var seen, out var problem) || !request.Edit(seen).TryGet(out var edited, out problem)
            || (problem = await CheckAsync(seen, edited, request.IfVersion, cancellationToken).ConfigureAwait(false)) is not null)
        {
            return problem;
        }

        var what = edited.Changed.Length == 0 ? "withdrawn" : $"changed: {edited.Changed}";
        return new JudgedChange(seen.Target, seen.Row.Id, seen.Row.StartMs, edited.Correction, what);
    }

    /// <summary>Records what was judged; durable on return.</summary>
    public Task RecordAsync(Caller caller, JudgedChange judged, CancellationToken cancellationToken) => judged.Correction is null
        ? Task.CompletedTask
        : corrections.RecordAsync(caller, judged.Target, judged.Id, judged.TimeMs, judged.What, cancellationToken);

    /// <summary>Makes a change that is recorded. When the registry has changed since it was judged, it is judged again.</summary>
    /// <returns>The reading store's ticket; 0 when all of it held already.</returns>
    public async Task<Outcome<long>> CarryOutAsync(ObservationRequest request, JudgedChange judged, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            ApiProblem? problem;
            if (tries > 0 && !(await JudgeAsync(request, cancellationToken).ConfigureAwait(false)).TryGet(out judged!, out problem))
            {
                return problem;
            }

            if (judged.Correction is not { } correction)
            {
                return 0;
            }

            var made = await corrections.CarryOutAsync(judged.Target, correction).ConfigureAwait(false);
            if (!made.TryGet(out var ticket, out problem))
            {
                return problem;
            }

            if (ticket is { } known)
            {
                return known;
            }
        }

        return Problems.Unavailable("The registry changes at present. Send it again.", RetrySeconds);
    }

    private async Task<Outcome<WrittenEntity>> WriteAsync(
        HttpContext context, ResourcePath path, WrittenVersion ifVersion, Func<SeenObservation, Outcome<ObservationEdit>> edit, CancellationToken cancellationToken)
    {
        var request = new ObservationRequest(Caller.Of(context), path, ifVersion, edit, context.Response.Headers);
        if (Refuse(request.Caller, path) is { } refusal)
        {
            return refusal;
        }

        language.Read(context.Request);
        var written = await desk.InTurnAsync(() => MakeAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!written.TryGet(out var ticket, out var problem))
        {
            return problem;
        }

        // Not within the turn: while the disk is full nobody else is to wait for it.
        await ports.Readings.WhenDurable(ticket).ConfigureAwait(false);
        return new WrittenEntity(EntityKind.Observation, path.Last.Key!.Value);
    }

    private async Task<Outcome<long>> MakeAsync(ObservationRequest request, CancellationToken cancellationToken)
    {
        if (!(await JudgeAsync(request, cancellationToken).ConfigureAwait(false)).TryGet(out var judged, out var problem))
        {
            return problem;
        }

        await RecordAsync(request.Caller, judged, cancellationToken).ConfigureAwait(false);
        return await CarryOutAsync(request, judged, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<SeenObservation>> SeeAsync(ObservationRequest request, CancellationToken cancellationToken)
    {
        var (caller, path) = (request.Caller, request.Path);
        // What the registry has named is there for whoever writes, also when nobody has read since.
        await projection.EnsureAsync(cancellationToken).ConfigureAwait(false);
        var id = path.Last.Key!.Value;
        if (!ObservationId.TryRead(id, out var number, out _)
            || await ports.Entities.FindByNumberAsync(number, cancellationToken).ConfigureAwait(false) is not { } stream
            || stream.Numbers[0] != number
            || (path.Steps.Length == 2 && (path.Steps[0].Kind != stream.Kind || path.Steps[0].Key != stream.Id)))
        {
            return WriteProblems.NotFound(EntityKind.Observation, id);
        }

        if (!(await targets.FindAsync(stream.Kind, stream.Id, cancellationToken).ConfigureAwait(false)).TryGet(out var target, out var problem)
            || (problem = ObservationDesk.Refuse(caller, target)) is not null)
        {
            return problem;
        }

        desks.Caller = caller;
        var query = new ObservationQuery(
            ResourcePath.One(EntityKind.Observation, id), QueryOptions.None, ports.NowMs, EntitySight.Entities with { Observations = access }, QueryLimits.Default);
        if (!(await observations.FindAsync(query, cancellationToken).ConfigureAwait(false)).Try(out var page, out var failed))
        {
            return EntityProblems.Of(failed);
        }

        RowRecord.Note(access, page);
        return desks.TryNote(request.Told) ? Whole(target, page, id) : RecordGate.Unavailable();
    }

    /// <summary>The Observation, when all of it may be seen; otherwise the same answer whether or not it is there.</summary>
    private Outcome<SeenObservation> Whole(StreamTarget target, ObservationPage page, long id)
    {
        if (ObservationDenial.Of(page, access, language) is { } denial)
        {
            return denial;
        }

        if (page.Sources is [{ Withheld: null } part] && rights.Refuse(part) is { } refusal)
        {
            return refusal;
        }

        return page is { Rows: [var row], Sources: [var sight] }
            ? new SeenObservation(target, row, sight, TruthStreams.Of([target.Stream]).Count > 0)
            : WriteProblems.NotFound(EntityKind.Observation, id);
    }

    private async ValueTask<ApiProblem?> CheckAsync(SeenObservation seen, ObservationEdit edited, WrittenVersion ifVersion, CancellationToken cancellationToken)
    {
        if (ifVersion.Refuse($"Observations({seen.Row.Id})", ObservationVersion.Of(seen.Row)) is { } other)
        {
            return other;
        }

        if (edited.Feature is not { } wanted)
        {
            return null;
        }

        var along = ResourcePath.Along(seen.Row.Id, EntityTypes.Of(EntityKind.Observation).Navigation("FeatureOfInterest")!);
        var query = new EntityQuery(along, QueryOptions.None, ports.NowMs, EntitySight.Entities with { Observations = access }, QueryLimits.Default);
        var outcome = await ports.Entities.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Entities is [var feature] && feature.Id == wanted ? null : WriteProblems.Bad(ObservationEdit.OtherFeature);
    }
}
