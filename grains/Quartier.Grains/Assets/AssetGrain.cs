using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Districts;
using Quartier.Domain.Assets;
using Quartier.Grains.Alerts;
using Quartier.Grains.Cities;

namespace Quartier.Grains.Assets;

/// <summary>An infrastructure object: its state as its type's definition computes it from the readings of the sensors mounted on it.</summary>
public sealed class AssetGrain(
    [PersistentState("asset", CityGrain.StateStore)] IPersistentState<AssetRecord> record, AssetPorts ports) : Grain, IAssetGrain
{
    /// <summary>A snapshot after this many observations: what a restart replays stays small.</summary>
    private const int ObservationsBetweenSnapshots = 512;

    private AssetPlan? _plan;
    private AssetComputation? _computation;
    private AlertOutbox? _outbox;
    private Task _saving = Task.CompletedTask;
    private int _sinceSnapshot;
    private long _ticket;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => TakeUpAsync(record.State.Snapshot, null, cancellationToken);

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _saving;
        if (_sinceSnapshot > 0)
        {
            await SaveAsync();
        }
    }

    /// <inheritdoc/>
    public Task Observe(AssetObservation observation)
    {
        if (_computation is null)
        {
            return Task.CompletedTask;
        }

        var alerts = new List<Alert>();
        var changed = _computation.Observe(observation, alerts);
        Publish(alerts, changed, observation.Ticket);
        return _outbox!.IsFull ? _outbox.Drained : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<AssetState> GetState() =>
        Task.FromResult(_computation?.State ?? new AssetState(0, null, System.Collections.Immutable.ImmutableSortedDictionary<string, AssetValue>.Empty));

    /// <inheritdoc/>
    public async Task Refresh()
    {
        var current = AssetPlan.Of(this.GetPrimaryKeyString(), ports.Registry);
        if (_plan is not null && current?.Version == _plan.Version)
        {
            return;
        }

        await _saving;
        await TakeUpAsync(_computation?.Save() ?? record.State.Snapshot, _plan, CancellationToken.None);
    }

    private async Task TakeUpAsync(AssetSnapshot kept, AssetPlan? previous, CancellationToken cancellationToken)
    {
        _plan = AssetPlan.Of(this.GetPrimaryKeyString(), ports.Registry);
        _computation = null;
        if (_plan is null)
        {
            return;
        }

        var district = GrainFactory.GetGrain<IDistrictGrain>(GrainKeys.District(_plan.City, _plan.Model.Definition.District));
        _outbox = new(district, ports.Store, ports.Time, ports.Logger);
        var alerts = new List<Alert>();
        _computation = AssetComputation.Restore(_plan.Model, _plan.Subject, kept, previous?.Model.Type.Rules, ports.Now, alerts);
        Publish(alerts, changed: false, 0);
        await ReplayAsync(kept, cancellationToken);
    }

    private async Task ReplayAsync(AssetSnapshot kept, CancellationToken cancellationToken)
    {
        var replay = await AssetReplay.OpenAsync(_plan!, ports, kept, cancellationToken);
        while (await replay.NextAsync(cancellationToken) is { } observation)
        {
            var alerts = new List<Alert>();
            var changed = _computation!.Observe(observation, alerts);
            Publish(alerts, changed, 0);
        }
    }

    private void Publish(List<Alert> alerts, bool changed, long ticket)
    {
        _ticket = Math.Max(_ticket, ticket);
        foreach (var alert in alerts)
        {
            _outbox!.Add(alert, ticket);
        }

        if (!changed)
        {
            return;
        }

        if (ports.Live.IsWatched(_plan!.City))
        {
            ports.Live.Changed(_plan.City, _plan.Subject.Key);
        }

        if (++_sinceSnapshot >= ObservationsBetweenSnapshots && _saving.IsCompleted)
        {
            _saving = SaveAsync();
        }
    }

    /// <summary>Keeps the state once the readings in it are on the disk and their alerts have arrived.</summary>
    private async Task SaveAsync()
    {
        var kept = _computation!.Save();
        _sinceSnapshot = 0;
        try
        {
            await ports.Store.WhenDurable(_ticket);
            await _outbox!.Drained;
            record.State = new() { Snapshot = kept };
            await record.WriteStateAsync();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.SnapshotNotSaved(ports.Logger, error, this.GetPrimaryKeyString());
        }
    }
}
