using System.Collections.Immutable;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Retention;
using Quartier.Domain.Assets;
using Quartier.Domain.Rules;
using Quartier.Grains.Alerts;
using Quartier.Grains.Cities;
using Quartier.Grains.Sensors;

namespace Quartier.Grains.Assets;

/// <summary>
/// An infrastructure object: its state as its type's definition computes it from the readings of the sensors mounted on it. Stays awake for the
/// same reason as a sensor.
/// </summary>
[KeepAlive]
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

    /// <summary>Durable when the store says so for this ticket: everything that the computation has taken.</summary>
    private long _ticket;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => TakeUpAsync(record.State.Snapshot, null, cancellationToken);

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        if (_sinceSnapshot > 0)
        {
            await SaveAsync(cancellationToken);
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
        _ticket = Math.Max(_ticket, observation.Ticket);
        Publish(alerts, changed);
        return _outbox!.IsFull ? _outbox.Drained : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<AssetState> GetState() =>
        Task.FromResult(_computation?.State ?? new AssetState(0, null, System.Collections.Immutable.ImmutableSortedDictionary<string, AssetValue>.Empty));

    /// <inheritdoc/>
    public async Task Forget(ImmutableArray<ForgetBefore> cutoffs)
    {
        await _saving;
        var kept = _computation?.Save() ?? record.State.Snapshot;
        var redacted = AssetForgetting.Redact(kept, cutoffs);
        if (redacted == kept && AssetForgetting.Redact(record.State.Snapshot, cutoffs) == record.State.Snapshot)
        {
            return;
        }

        await ports.Store.WhenDurable(_ticket);
        await (_outbox?.Drained ?? Task.CompletedTask);
        record.State = new() { Snapshot = redacted };
        await record.WriteStateAsync();
        _sinceSnapshot = 0;
        await TakeUpAsync(redacted, null, CancellationToken.None);
    }

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
        if (_plan is null && record.RecordExists)
        {
            // Nobody knows any longer how long what it remembers may be kept.
            await record.ClearStateAsync();
        }
    }

    private async Task TakeUpAsync(AssetSnapshot kept, AssetPlan? previous, CancellationToken cancellationToken)
    {
        _plan = AssetPlan.Of(this.GetPrimaryKeyString(), ports.Registry);
        _computation = null;
        if (_plan is null)
        {
            await RetireAsync(kept, previous);
            return;
        }

        if ((previous?.Model.Definition.District ?? record.State.District) is { } home && !string.Equals(home, _plan.Model.Definition.District, StringComparison.Ordinal))
        {
            await EndAlertsAsync(kept, previous);
            kept = kept with { Rules = RuleSet.Calmed(kept.Rules) };
        }

        var district = GrainFactory.GetGrain<IDistrictGrain>(GrainKeys.District(_plan.City, _plan.Model.Definition.District));
        _outbox = new(district, ports.Store, ports.Time, ports.Logger);
        var alerts = new List<Alert>();
        _computation = AssetComputation.Restore(_plan.Model, _plan.Subject, kept, previous?.Model.Type.Rules, ports.Now, alerts);
        Publish(alerts, changed: false);
        await ReplayAsync(kept, cancellationToken);
    }

    /// <summary>The asset is no longer registered: nobody is left who could end what its rules have raised, so they end now.</summary>
    private async Task RetireAsync(AssetSnapshot kept, AssetPlan? previous)
    {
        if (previous is null)
        {
            return;
        }

        await EndAlertsAsync(kept, previous);
        _sinceSnapshot = 0;
        this.DeactivateOnIdle();
    }

    /// <summary>Ends in its district what the asset's rules have raised; after a start the district has done so itself.</summary>
    private async Task EndAlertsAsync(AssetSnapshot kept, AssetPlan? previous)
    {
        if (previous is not null)
        {
            var alerts = new List<Alert>();
            RuleSet.Empty.Restore(kept.Rules, previous.Subject, ports.Now, previous.Model.Type.Rules, alerts);
            alerts.ForEach(alert => _outbox!.Add(alert, _ticket));
            await _outbox!.Drained;
        }
    }

    /// <summary>Reads what was stored after the snapshot; all readings of one sensor and time come together, as they did the first time.</summary>
    private async Task ReplayAsync(AssetSnapshot kept, CancellationToken cancellationToken)
    {
        var histories = new List<AssetHistory>(_plan!.Sources.Count);
        foreach (var source in _plan.Sources)
        {
            if (Open(source, kept) is { } history)
            {
                await history.Tail.FillAsync(cancellationToken);
                histories.Add(history);
            }
        }

        StoredTail[] tails = [.. histories.Select(h => h.Tail)];
        while (StoredTail.Earliest(tails) is var first and >= 0)
        {
            var timeMs = tails[first].NextMs;
            var step = new List<ExplainedReading>();
            for (var i = first; i < tails.Length; i++)
            {
                if (tails[i].NextMs == timeMs && histories[i].IsBeside(histories[first]))
                {
                    histories[i].Take(step);
                    await tails[i].FillAsync(cancellationToken);
                }
            }

            var alerts = new List<Alert>();
            var changed = _computation!.Observe(new(_plan.Sources[first].Gateway, _plan.Sources[first].Sensor, [.. step], 0), alerts);
            Publish(alerts, changed);
        }
    }

    /// <summary>The history of what feeds it; null when nothing of that was ever stored. On which terms it is stored is the sensor's, which knows the policy.</summary>
    private AssetHistory? Open(AssetSource source, AssetSnapshot kept)
    {
        var key = GrainKeys.Sensor(_plan!.City, source.Gateway, source.Sensor);
        if (ports.Store.Find(new(key, source.Datastream.Property)) is not { } number)
        {
            return null;
        }

        var input = kept.Inputs.FirstOrDefault(i =>
            i.Gateway == source.Gateway && i.Sensor == source.Sensor && i.Property == source.Datastream.Property);
        return AssetHistory.Open(ports.Store, number, source, input);
    }

    private void Publish(List<Alert> alerts, bool changed)
    {
        foreach (var alert in alerts)
        {
            _outbox!.Add(alert, _ticket);
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
            _saving = SaveAsync(CancellationToken.None);
        }
    }

    /// <summary>Keeps the state once the readings in it are on the disk and their alerts have arrived.</summary>
    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var since = _sinceSnapshot;
        var (kept, district) = (_computation!.Save(), _plan!.Model.Definition.District);
        _sinceSnapshot = 0;
        try
        {
            await ports.Store.WhenDurable(_ticket).AsTask().WaitAsync(cancellationToken);
            await _outbox!.Drained.WaitAsync(cancellationToken);
            record.State = new() { Snapshot = kept, District = district };
            await record.WriteStateAsync(cancellationToken);
        }
        catch (Exception error)
        {
            _sinceSnapshot += since;
            Log.SnapshotNotSaved(ports.Logger, error, this.GetPrimaryKeyString());
        }
    }
}
