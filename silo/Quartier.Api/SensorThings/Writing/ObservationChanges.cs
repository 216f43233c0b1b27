using System.Text.Json;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Answers;
using Quartier.Api.SensorThings.Districts;
using Quartier.Api.SensorThings.Projection;
using Quartier.Api.SensorThings.Reading;
using Quartier.Contracts.Districts;
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

    private async Task<Outcome<WrittenEntity>> WriteAsync(
        HttpContext context, ResourcePath path, WrittenVersion ifVersion, Func<SeenObservation, Outcome<ObservationEdit>> edit, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (RefuseUnknown(caller) is { } refusal)
        {
            return refusal;
        }

        if (path.Last.Key is not { } id || path.Steps.Length > 2)
        {
            return WriteProblems.Bad("An Observation is changed by its own address, such as Observations(1) or Datastreams(1)/Observations(1).");
        }

        var written = await desk.InTurnAsync(() => TryAsync(context, path, ifVersion, edit, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!written.TryGet(out var ticket, out var problem))
        {
            return problem;
        }

        // Not within the turn: while the disk is full nobody else is to wait for it.
        await ports.Readings.WhenDurable(ticket).ConfigureAwait(false);
        return new WrittenEntity(EntityKind.Observation, id);
    }

    /// <summary>Who may change nothing anywhere is told so before anything is looked up.</summary>
    private static ApiProblem? RefuseUnknown(Caller caller)
    {
        var principal = caller.Principal;
        return principal.Kind == PrincipalKind.Person && (principal.Has(Role.Administrator) || principal.Has(Role.Operator))
            ? null
            : Permission.Refuse(caller, Right.ApplyRegistry, principal.City);
    }

    /// <summary>The ticket of what was changed; 0 when all of it held already.</summary>
    private async Task<Outcome<long>> TryAsync(
        HttpContext context, ResourcePath path, WrittenVersion ifVersion, Func<SeenObservation, Outcome<ObservationEdit>> edit, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var made = await OnceAsync(context, path, ifVersion, edit, cancellationToken).ConfigureAwait(false);
            if (!made.TryGet(out var ticket, out var problem))
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

    private async Task<Outcome<long?>> OnceAsync(
        HttpContext context, ResourcePath path, WrittenVersion ifVersion, Func<SeenObservation, Outcome<ObservationEdit>> edit, CancellationToken cancellationToken)
    {
        var found = await SeeAsync(context, path, cancellationToken).ConfigureAwait(false);
        if (!found.TryGet(out var seen, out var problem) || !edit(seen).TryGet(out var edited, out problem)
            || (problem = await CheckAsync(seen, edited, ifVersion, cancellationToken).ConfigureAwait(false)) is not null)
        {
            return problem;
        }

        if (edited.Correction is not { } correction)
        {
            return 0;
        }

        var what = edited.Changed.Length == 0 ? "withdrawn" : $"changed: {edited.Changed}";
        return await corrections.MakeAsync(Caller.Of(context), seen.Target, seen.Row.Id, correction, what, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<SeenObservation>> SeeAsync(HttpContext context, ResourcePath path, CancellationToken cancellationToken)
    {
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
            || (problem = ObservationDesk.Refuse(Caller.Of(context), target)) is not null)
        {
            return problem;
        }

        desks.Caller = Caller.Of(context);
        language.Read(context.Request);
        var query = new ObservationQuery(
            ResourcePath.One(EntityKind.Observation, id), QueryOptions.None, ports.NowMs, EntitySight.Entities with { Observations = access }, QueryLimits.Default);
        if (!(await observations.FindAsync(query, cancellationToken).ConfigureAwait(false)).Try(out var page, out var failed))
        {
            return EntityProblems.Of(failed);
        }

        RowRecord.Note(access, page);
        return desks.TryNote(context.Response.Headers) ? Whole(target, page, id) : RecordGate.Unavailable();
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
