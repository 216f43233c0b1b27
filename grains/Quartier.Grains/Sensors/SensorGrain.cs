using System.Collections.Immutable;
using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Rules;
using Quartier.Grains.Alerts;
using Quartier.Grains.Cities;

namespace Quartier.Grains.Sensors;

/// <summary>
/// A sensor: the shell that waits for disk, district and asset around a <see cref="SensorTwin"/>. Stays awake, so that it can end what its rules
/// raised when a registry without those rules comes into force; there are as many as are registered.
/// </summary>
[KeepAlive]
public sealed partial class SensorGrain(
    [PersistentState("sensor", CityGrain.StateStore)] IPersistentState<SensorSnapshot> snapshot, SensorPorts ports) : Grain, ISensorGrain
{
    /// <summary>A snapshot after this many readings: about a sealed block, so that a restart replays no more than what is at hand anyway.</summary>
    private const int ReadingsBetweenSnapshots = 512;

    private SensorTwin? _twin;
    private IDistrictGrain? _district;
    private AlertOutbox? _outbox;
    private AssetFeed? _feed;
    private Task _saving = Task.CompletedTask;

    /// <summary>Durable when the store says so for this ticket: everything that the twin has taken.</summary>
    private long _ticket;

    /// <summary>True once the district knows that the sensor has been heard.</summary>
    private bool _introduced;

    /// <summary>True while a snapshot without which nothing may be acknowledged could not be saved.</summary>
    private bool _owesSnapshot;

    /// <summary>Readings since the last snapshot with which the next one is due.</summary>
    private int _saveAt = ReadingsBetweenSnapshots;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => TakeUpAsync(snapshot.State, null, cancellationToken);

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        if (_twin is { SinceSnapshot: > 0 })
        {
            await TrySaveAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<IngestReceipt> Ingest(SampleBatch batch)
    {
        if (_twin is null || _twin.Plan.Version != batch.RegistryVersion)
        {
            return IngestAfterRefreshAsync(batch);
        }

        var progress = new IngestProgress(batch);
        Advance(ref progress, settled: null);
        if (progress.Unsettled is not null || progress.NeedsSnapshot || _owesSnapshot || IsCrowded)
        {
            return IngestSlowlyAsync(progress);
        }

        SaveWhenDue();
        return Task.FromResult(progress.Receipt());
    }

    /// <inheritdoc/>
    public Task<SensorState> GetState() => _twin is { } twin ? ShownState.OfAsync(twin.State, ports.Store) : Task.FromResult(new SensorState(0, []));

    /// <inheritdoc/>
    public Task<SensorBooks> GetBooks() => Task.FromResult(_twin?.Books ?? snapshot.State.Books);

    /// <inheritdoc/>
    public async Task CheckSilence(long nowMs)
    {
        if (_twin is null)
        {
            return;
        }

        if (_twin.NoteSilence(nowMs) || _owesSnapshot)
        {
            await SaveOwedAsync();
        }

        var effects = Effects.Empty();
        _twin.CheckSilence(nowMs, effects);
        if (!effects.AreNone)
        {
            Publish(effects, _twin);
        }
    }

    /// <inheritdoc/>
    public async Task Forget(ImmutableArray<ForgetBefore> cutoffs)
    {
        await _saving;
        if (!SensorForgetting.HoldsExpired(_twin, snapshot.State, cutoffs))
        {
            return;
        }

        if (_twin is not null)
        {
            await SaveAsync(CancellationToken.None);
        }

        snapshot.State = SensorForgetting.Redact(snapshot.State, _twin?.Plan, cutoffs);
        await snapshot.WriteStateAsync();
        await TakeUpAsync(snapshot.State, null, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task Refresh()
    {
        var current = ports.Plan(this.GetPrimaryKeyString());
        if (_twin is null && current is null)
        {
            // Someone called for a sensor that is not, or no longer, registered.
            this.DeactivateOnIdle();
            return;
        }

        if (_twin is not null && current is not null && _twin.Plan.SaysTheSameAs(current))
        {
            _twin.Renew(current);
            return;
        }

        await _saving;
        var previous = _twin?.Plan;
        snapshot.State = _twin is null ? snapshot.State : await KeepAsync(_twin);
        await TakeUpAsync(snapshot.State, previous, CancellationToken.None);
    }

    /// <summary>What another plan is to go on with. A plan that changes without new readings costs no write.</summary>
    private async Task<SensorSnapshot> KeepAsync(SensorTwin twin)
    {
        if (twin.SinceSnapshot > 0)
        {
            return await SaveAsync(CancellationToken.None);
        }

        await DrainAsync();
        return twin.Save();
    }

    private async Task TakeUpAsync(SensorSnapshot kept, SensorPlan? previous, CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _twin = null;
        if (ports.Plan(key) is not { } plan)
        {
            await RetireAsync(kept, previous);
            return;
        }

        if (previous is not null && SensorTwin.IsMoved(plan, kept))
        {
            await EndAlertsAsync(kept, previous);
        }

        _introduced = false;
        _district = ports.District(plan, GrainFactory);
        (_outbox, _feed) = (null, null);
        var effects = Effects.Empty();
        var twin = SensorTwin.Restore(key, plan, ports, kept, previous, effects);
        Publish(effects, twin);
        await ReplayAsync(twin, cancellationToken);
        _twin = twin;
        snapshot.State = SensorSnapshot.TakenUp;
    }

    /// <summary>The sensor is no longer registered: nobody is left who could end what its rules have raised, so they end now.</summary>
    private async Task RetireAsync(SensorSnapshot kept, SensorPlan? previous)
    {
        if (previous is null)
        {
            return;
        }

        await EndAlertsAsync(kept, previous);
        snapshot.State = new() { Datastreams = kept.Datastreams, Books = kept.Books };
        await snapshot.WriteStateAsync();
        this.DeactivateOnIdle();
    }

    /// <summary>Ends in its district what the sensor's rules have raised: there is nobody else who could.</summary>
    private async Task EndAlertsAsync(SensorSnapshot kept, SensorPlan previous)
    {
        var effects = Effects.Empty();
        RuleSet.Empty.Restore(kept.Rules, previous, ports.Now, previous.Rules, effects.Alerts);
        foreach (var alert in effects.Alerts)
        {
            Outbox.Add(alert, _ticket);
        }

        await DrainAsync();
    }

    /// <summary>
    /// Reads what was stored after the snapshot, page by page, in order of time over all datastreams. The district hears of it once, at the end; alerts and the
    /// asset's readings are waited for when many have gathered, since a lost snapshot means years of them.
    /// </summary>
    private async Task ReplayAsync(SensorTwin twin, CancellationToken cancellationToken)
    {
        var tails = await StoredTail.OfAsync(twin, ports.Store, cancellationToken);
        var minutes = new ReplayedMinutes();
        _introduced = true;
        while (StoredTail.Earliest(tails) is var next and >= 0)
        {
            var effects = Effects.Empty();
            twin.Replay(next, tails[next].Take(), effects);
            minutes.Take(effects.Minutes);
            Publish(effects, twin);
            if (IsCrowded)
            {
                await DrainAsync();
            }

            await tails[next].FillAsync(cancellationToken);
        }

        var silent = Effects.Empty();
        twin.ReleaseSilent(silent);
        minutes.PutInto(silent.Minutes);
        _introduced = false;
        Publish(silent, twin);
    }

    private async Task<IngestReceipt> IngestAfterRefreshAsync(SampleBatch batch)
    {
        await Refresh();
        if (_twin is { } twin && twin.Plan.Version == batch.RegistryVersion)
        {
            return await Ingest(batch);
        }

        var reason = _twin is null ? RefusalReason.UnknownSensor : RefusalReason.StaleDefinition;
        return new(0, 0, 0, [new(reason, batch.Samples.Length)]);
    }

    /// <summary>District or asset have not kept up: the sensor takes nothing more before they have.</summary>
    private bool IsCrowded => _outbox is { IsFull: true } || _feed is { IsFull: true };

    /// <summary>Made with the first alert, as the feed is with the first reading for an asset: most sensors never need it.</summary>
    private AlertOutbox Outbox => _outbox ??= new(_district!, ports.Store, ports.Time, ports.Logger);

    private void SaveWhenDue()
    {
        if (_twin!.SinceSnapshot >= _saveAt && _saving.IsCompleted)
        {
            _saving = TrySaveAsync(CancellationToken.None);
        }
    }

    /// <summary>Goes on with a batch. What it brought about before the store fails is published all the same: the twin has it already.</summary>
    private void Advance(ref IngestProgress progress, List<Reading>? settled)
    {
        var effects = Effects.Empty();
        try
        {
            if (settled is not null)
            {
                _twin!.Settle(ref progress, settled, ports.Store, effects);
            }

            _twin!.Advance(ref progress, ports.Store, effects);
        }
        finally
        {
            _ticket = Math.Max(_ticket, progress.Ticket);
            Publish(effects, _twin!);
        }
    }

    private async Task<IngestReceipt> IngestSlowlyAsync(IngestProgress progress)
    {
        while (progress.Unsettled is not null || progress.Next < progress.Batch.Samples.Length)
        {
            await SettleAsync(progress.HistoryOf, progress.Unsettled);
            Advance(ref progress, progress.TakeUnsettled());
        }

        if (IsCrowded)
        {
            await DrainAsync();
        }

        if (progress.NeedsSnapshot || _owesSnapshot)
        {
            await SaveOwedAsync();
        }

        return progress.Receipt();
    }

    private ValueTask SettleAsync(int datastream, List<Reading>? unsettled) => unsettled is null
        ? ValueTask.CompletedTask
        : ports.Store.LoadAsync(_twin!.NumberOf(datastream), unsettled[0].TimeMs, unsettled[^1].TimeMs + 1, CancellationToken.None);

    private void Publish(Effects effects, SensorTwin twin)
    {
        var plan = twin.Plan;
        foreach (var alert in effects.Alerts)
        {
            Outbox.Add(alert, _ticket);
        }

        if ((effects.Minutes.Count > 0 || !_introduced) && twin.NewestMs is { } newest)
        {
            _introduced = true;
            _ = _district!.Report(new(plan.Definition.Gateway, plan.Definition.Id, newest, [.. effects.Minutes]));
        }

        if (effects.Observed.Count > 0)
        {
            _feed ??= new(
                GrainFactory.GetGrain<IAssetGrain>(GrainKeys.Asset(plan.City, plan.Definition.Asset!)), plan, this.GetPrimaryKeyString(), ports.Logger);
            _feed.Add(effects.Observed, _ticket);
        }

        if (ports.Live.IsWatched(plan.City))
        {
            ports.Live.Changed(plan.City, plan.SubjectKey);
        }
    }

    /// <summary>Keeps the state once the readings in it are on the disk and their alerts have arrived.</summary>
    private async Task<SensorSnapshot> SaveAsync(CancellationToken cancellationToken)
    {
        var twin = _twin!;
        var since = twin.SinceSnapshot;
        var kept = twin.Save();
        try
        {
            await ports.Store.WhenDurable(_ticket).AsTask().WaitAsync(cancellationToken);
            await DrainAsync().WaitAsync(cancellationToken);
            snapshot.State = kept;
            await snapshot.WriteStateAsync(cancellationToken);
            return kept;
        }
        catch
        {
            twin.NoteUnsaved(since);
            throw;
        }
        finally
        {
            // The twin knows it all, and more.
            snapshot.State = SensorSnapshot.TakenUp;
        }
    }

    /// <summary>Keeps the state before anything else may happen: a restart could not find it out from the stored readings.</summary>
    private async Task SaveOwedAsync()
    {
        _owesSnapshot = true;
        await _saving;
        await SaveAsync(CancellationToken.None);
        _owesSnapshot = false;
    }

    /// <summary>As <see cref="SaveAsync"/>, where a snapshot that fails costs nothing but a longer replay.</summary>
    private async Task TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(cancellationToken);
            _saveAt = ReadingsBetweenSnapshots;
        }
        catch (Exception error)
        {
            // Not again with the next batch: a disk that is full stays so for a while.
            _saveAt = (_twin?.SinceSnapshot ?? 0) + ReadingsBetweenSnapshots;
            Log.SnapshotNotSaved(ports.Logger, error, this.GetPrimaryKeyString());
        }

        // The ended save would hold on to what it saved.
        _saving = Task.CompletedTask;
    }

    private async Task DrainAsync()
    {
        await (_outbox?.Drained ?? Task.CompletedTask);
        await (_feed?.Drained ?? Task.CompletedTask);
    }
}
