using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Districts;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Principals;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Deletes a FeatureOfInterest with the Observations that tell of it (OGC 18-088, 10.4): they are withdrawn as single ones are, by whoever may withdraw each of
/// them, and the feature goes when that is on the disk. What a crash leaves is the feature with fewer Observations, and the same request completes it.
/// </summary>
internal sealed class FeatureRemoval(
    WritePorts ports, EntityDesk desk, FeatureGate gate, FeatureObservations observations, SeenFeatures seen, CityDesks desks, RequestLanguage language)
{
    /// <summary>A gateway's readings may arrive until the feature goes: more often in a row only where it sends without end.</summary>
    private const int MostRounds = 4;

    private const int RetrySeconds = 2;

    /// <summary>Deletes the feature to which the path leads.</summary>
    public async Task<Outcome<WrittenEntity>> RemoveAsync(HttpContext context, ResourcePath path, WrittenVersion ifVersion, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (EntityWrites.RefuseChange(path) is { } refusal || (refusal = EntityWrites.RefuseAnywhere(caller)) is not null)
        {
            return refusal;
        }

        desks.Caller = caller;
        language.Read(context.Request);
        var sight = EntitySight.Entities with { Features = await seen.FindAsync(cancellationToken).ConfigureAwait(false) };
        if (!(await WriteTarget.FindAsync(ports, path, sight, cancellationToken).ConfigureAwait(false)).TryGet(out var feature, out var problem)
            || (problem = Permission.Refuse(caller, Right.ApplyRegistry, feature.Owner.City)) is not null)
        {
            return problem;
        }

        // What is there goes while others go on; then nothing may arrive any more, or it would never end where Observations are sent without end.
        var first = await RoundAsync(context, feature, ifVersion, isClosed: false, cancellationToken).ConfigureAwait(false);
        if (!first.TryGet(out var isOpen, out problem) || !isOpen)
        {
            return problem is null ? new WrittenEntity(feature.Kind, feature.Id) : problem;
        }

        await gate.CloseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CloseAsync(context, feature, ifVersion, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Open();
        }
    }

    private async Task<Outcome<WrittenEntity>> CloseAsync(HttpContext context, Entity feature, WrittenVersion ifVersion, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var made = await RoundAsync(context, feature, ifVersion, isClosed: true, cancellationToken).ConfigureAwait(false);
            if (!made.TryGet(out var isOpen, out var problem) || !isOpen)
            {
                return problem is null ? new WrittenEntity(feature.Kind, feature.Id) : problem;
            }
        }

        return Problems.Unavailable(
            $"Readings that tell of FeaturesOfInterest({feature.Id}) arrive while it is being deleted. Those that were there are withdrawn. Send the DELETE again.", RetrySeconds);
    }

    /// <summary>Withdraws what is there, durable on return, or lets the feature go when nothing is. Whether the feature is still there.</summary>
    private async Task<Outcome<bool>> RoundAsync(
        HttpContext context, Entity feature, WrittenVersion ifVersion, bool isClosed, CancellationToken cancellationToken)
    {
        var withdrawn = new WithdrawnObservations();
        var written = await desk.WriteAsync(
            Caller.Of(context),
            feature.Owner.City,
            plan => PlanAsync(context, plan, (feature.Id, ifVersion, isClosed), withdrawn),
            null,
            null,
            cancellationToken).ConfigureAwait(false);
        if (!written.TryGet(out _, out var problem))
        {
            return problem;
        }

        // Not within the turn: while the disk is full no change of entities is to wait for it. Observations wait for the disk anyway.
        await ports.Readings.WhenDurable(withdrawn.Ticket).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return withdrawn.IsOpen;
    }

    private async ValueTask PlanAsync(HttpContext context, EntityPlan plan, (long Id, WrittenVersion IfVersion, bool IsClosed) wanted, WithdrawnObservations withdrawn)
    {
        withdrawn.IsOpen = false;
        if (await EntityWrites.FindAsync(plan, EntityKind.FeatureOfInterest, wanted.Id, wanted.IfVersion).ConfigureAwait(false) is not { } found)
        {
            return;
        }

        if (EntityRemoval.IsOfFile(found))
        {
            plan.Fail(WriteProblems.InFile($"FeaturesOfInterest({found.Id})"));
            return;
        }

        if (!(await observations.FindAsync(context, found.Id, plan.Cancellation).ConfigureAwait(false)).TryGet(out var all, out var problem))
        {
            plan.Fail(problem);
            return;
        }

        // One of which some stream tells may be told of at any moment, until the gate is closed.
        withdrawn.IsOpen = all.Exists(s => !s.TimesMs.IsEmpty) || (all.Count > 0 && !wanted.IsClosed);
        if (!withdrawn.IsOpen)
        {
            plan.Add(new EntityChange.Delete(found.Kind, found.Id, wanted.IfVersion.IsBound ? found.Version : null) { IsWithdrawn = true });
            return;
        }

        var made = await observations.WithdrawAsync(Caller.Of(context), found.Id, all, plan.Cancellation).ConfigureAwait(false);
        if (made.TryGet(out var ticket, out problem))
        {
            withdrawn.Ticket = Math.Max(withdrawn.Ticket, ticket);
        }
        else
        {
            plan.Fail(problem);
        }
    }
}
