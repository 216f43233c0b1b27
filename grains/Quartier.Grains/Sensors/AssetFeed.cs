using Microsoft.Extensions.Logging;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;

namespace Quartier.Grains.Sensors;

/// <summary>
/// Brings a sensor's readings to the asset on which it is mounted, in order, without making the sensor wait. What an asset misses because it fails
/// it finds in the store when it wakes again.
/// </summary>
internal sealed class AssetFeed(IAssetGrain asset, SensorPlan plan, string sensorKey, ILogger logger)
{
    /// <summary>Readings that may wait for a busy asset (about 130 KB); then the sensor waits too.</summary>
    public const int MaxWaiting = 4_096;

    private List<ExplainedReading> _waiting = [];
    private long _ticket;
    private Task _pump = Task.CompletedTask;

    /// <summary>Completes when the asset has everything handed over so far.</summary>
    public Task Drained => _pump;

    /// <summary>True when the sensor should wait for <see cref="Drained"/> before it goes on.</summary>
    public bool IsFull => _waiting.Count >= MaxWaiting;

    /// <summary>Hands readings over.</summary>
    public void Add(List<ExplainedReading> readings, long ticket)
    {
        _waiting.AddRange(readings);
        _ticket = Math.Max(_ticket, ticket);
        if (_pump.IsCompleted)
        {
            _pump = PumpAsync();
        }
    }

    private async Task PumpAsync()
    {
        while (_waiting.Count > 0)
        {
            var observation = new AssetObservation(plan.Definition.Gateway, plan.Definition.Id, [.. _waiting], _ticket);
            _waiting = [];
            try
            {
                await asset.Observe(observation);
            }
            catch (Exception error)
            {
                Log.AssetNotReached(logger, error, sensorKey, plan.Definition.Asset!);
            }
        }

        // The ended pump would hold on to the last readings.
        _pump = Task.CompletedTask;
    }
}
