using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Grains.Alerts;
using Quartier.Grains.Cities;

namespace Quartier.Grains.Sensors;

/// <summary>A sensor: the shell that waits for disk, district and asset around a <see cref="SensorTwin"/>.</summary>
public sealed class SensorGrain(
    [PersistentState("sensor", CityGrain.StateStore)] IPersistentState<SensorSnapshot> snapshot, SensorPorts ports) : Grain, ISensorGrain
{
    /// <summary>A snapshot after this many readings: about a sealed block, so that a restart replays no more than what is at hand anyway.</summary>
    private const int ReadingsBetweenSnapshots = 512;

    private SensorTwin? _twin;
    private IDistrictGrain? _district;
    private AlertOutbox? _outbox;
    private AssetFeed? _feed;
    private Task _saving = Task.CompletedTask;

    /// <summary>Everything that the twin has taken is durable when the store says so for this ticket.</summary>
    private long _ticket;

    /// <summary>True from a state that must be kept until it is: neither a later acknowledgement nor the clock may overtake it.</summary>
    private bool _unsaved;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => TakeUpAsync(snapshot.State, null, cancellationToken);

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _saving;
        if (_twin is { SinceSnapshot: > 0 } || _unsaved)
        {
            await SaveAsync();
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
        var effects = Effects.Empty();
        var done = Advance(ref progress, effects);
        if (!done || progress.NeedsSnapshot || _unsaved || IsCrowded)
        {
            return IngestSlowlyAsync(progress);
        }

        SaveWhenDue();
        return Task.FromResult(progress.Receipt());
    }

    /// <inheritdoc/>
    public Task<SensorState> GetState() => Task.FromResult(_twin?.State ?? new SensorState(0, []));

    /// <inheritdoc/>
    public Task<SensorBooks> GetBooks() => Task.FromResult(_twin?.Books ?? snapshot.State.Books);

    /// <inheritdoc/>
    public async Task CheckSilence(long nowMs)
    {
        if (_twin is null)
        {
            return;
        }

        if (_twin.NoteSilence(nowMs) || _unsaved)
        {
            await SaveNowAsync();
        }

        if (!_unsaved)
        {
            var effects = Effects.Empty();
            _twin.CheckSilence(nowMs, effects);
            Publish(effects, _ticket);
        }
    }

    /// <inheritdoc/>
    public async Task Refresh()
    {
        var current = ports.Plan(this.GetPrimaryKeyString());
        if (_twin is not null && current?.Version == _twin.Plan.Version)
        {
            return;
        }

        await DrainAsync();
        await _saving;
        var previous = _twin?.Plan;
        snapshot.State = _twin?.Save() ?? snapshot.State;
        await ports.Store.WhenDurable(_ticket);
        await snapshot.WriteStateAsync();
        await TakeUpAsync(snapshot.State, previous, CancellationToken.None);
    }

    private async Task TakeUpAsync(SensorSnapshot kept, SensorPlan? previous, CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _twin = null;
        if (ports.Plan(key) is not { } plan)
        {
            return;
        }

        _district = GrainFactory.GetGrain<IDistrictGrain>(GrainKeys.District(plan.City, plan.Definition.District));
        _outbox = new(_district, ports.Store, ports.Time, ports.Logger);
        _feed = plan.Definition.Asset is { } asset
            ? new(GrainFactory.GetGrain<IAssetGrain>(GrainKeys.Asset(plan.City, asset)), plan, key, ports.Logger)
            : null;
        var effects = Effects.Empty();
        var twin = SensorTwin.Restore(plan, ports.Store, kept, previous, ports.Now, effects);
        Publish(effects, 0, twin);
        await ReplayAsync(twin, cancellationToken);
        _twin = twin;
        if (twin.NewestMs is { } newest)
        {
            await _district!.Report(new(plan.Definition.Gateway, plan.Definition.Id, newest, []));
        }
    }

    /// <summary>Reads what was stored after the snapshot, page by page, in order of time over all datastreams.</summary>
    private async Task ReplayAsync(SensorTwin twin, CancellationToken cancellationToken)
    {
        var datastreams = twin.Plan.Definition.Datastreams;
        var tails = new StoredTail[datastreams.Length];
        for (var i = 0; i < tails.Length; i++)
        {
            tails[i] = new(ports.Store, twin.NumberOf(i), twin.WatermarkOf(i) is { } watermark ? watermark + 1 : 0, long.MaxValue);
            await tails[i].FillAsync(cancellationToken);
        }

        while (StoredTail.Earliest(tails) is var next and >= 0)
        {
            var effects = Effects.Empty();
            twin.Replay(next, tails[next].Take(), effects);
            Publish(effects, 0, twin);
            await tails[next].FillAsync(cancellationToken);
        }

        var released = Effects.Empty();
        twin.ReleaseSilent(released);
        Publish(released, 0, twin);
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
    private bool IsCrowded => _outbox!.IsFull || _feed is { IsFull: true };

    private void SaveWhenDue()
    {
        if (_twin!.SinceSnapshot >= ReadingsBetweenSnapshots && _saving.IsCompleted)
        {
            _saving = SaveAsync();
        }
    }

    /// <summary>What was taken has its effects, also when the store refuses the rest of the batch.</summary>
    private bool Advance(ref IngestProgress progress, Effects effects)
    {
        try
        {
            return _twin!.Advance(ref progress, ports.Store, effects);
        }
        finally
        {
            _unsaved |= progress.NeedsSnapshot;
            Publish(effects, progress.Ticket);
        }
    }

    private async Task<IngestReceipt> IngestSlowlyAsync(IngestProgress progress)
    {
        while (progress.Unsettled is not null || progress.Next < progress.Batch.Samples.Length)
        {
            await SettleAsync(progress.HistoryOf, progress.Unsettled);
            Step(ref progress);
        }

        if (IsCrowded)
        {
            await DrainAsync();
        }

        if (progress.NeedsSnapshot || _unsaved)
        {
            await SaveNowAsync();
        }

        return _unsaved
            ? throw new StoreException($"The state of {this.GetPrimaryKeyString()} could not be kept, so nothing is acknowledged. Free space on the disk; the gateway sends again.")
            : progress.Receipt();
    }

    private ValueTask SettleAsync(int datastream, List<Reading>? unsettled) => unsettled is null
        ? ValueTask.CompletedTask
        : ports.Store.LoadAsync(_twin!.NumberOf(datastream), unsettled[0].TimeMs, unsettled[^1].TimeMs + 1, CancellationToken.None);

    private void Step(ref IngestProgress progress)
    {
        var effects = Effects.Empty();
        var waiting = progress.TakeUnsettled();
        if (waiting.Count > 0)
        {
            _twin!.Append(ref progress, progress.HistoryOf, waiting.ToArray(), ports.Store, effects);
            if (progress.Unsettled?.Count == waiting.Count)
            {
                throw new StoreException($"The history of {this.GetPrimaryKeyString()} was loaded, but the store still asks for it.");
            }
        }

        Advance(ref progress, effects);
    }

    private void Publish(Effects effects, long ticket, SensorTwin? twin = null)
    {
        var plan = (twin ?? _twin)!.Plan;
        _ticket = Math.Max(_ticket, ticket);
        foreach (var alert in effects.Alerts)
        {
            _outbox!.Add(alert, ticket);
        }

        if (effects.Minutes.Count > 0)
        {
            var newest = (twin ?? _twin)!.NewestMs ?? 0;
            _ = _district!.Report(new(plan.Definition.Gateway, plan.Definition.Id, newest, [.. effects.Minutes]));
        }

        if (effects.Observed.Count > 0)
        {
            _feed!.Add(effects.Observed, ticket);
        }

        if (ports.Live.IsWatched(plan.City))
        {
            ports.Live.Changed(plan.City, plan.Subject.Key);
        }
    }

    /// <summary>Keeps the state before anything else may happen; <see cref="_unsaved"/> tells whether that failed.</summary>
    private async Task SaveNowAsync()
    {
        _unsaved = true;
        await _saving;
        await SaveAsync();
    }

    /// <summary>Keeps the state once the readings in it are on the disk and their alerts have arrived.</summary>
    private async Task SaveAsync()
    {
        var kept = _twin!.Save();
        try
        {
            await ports.Store.WhenDurable(_ticket);
            await DrainAsync();
            snapshot.State = kept;
            await snapshot.WriteStateAsync();
            _unsaved = false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.SnapshotNotSaved(ports.Logger, error, this.GetPrimaryKeyString());
        }
    }

    private async Task DrainAsync()
    {
        await (_outbox?.Drained ?? Task.CompletedTask);
        await (_feed?.Drained ?? Task.CompletedTask);
    }
}
