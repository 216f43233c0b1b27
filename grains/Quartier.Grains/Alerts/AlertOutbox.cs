using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;

namespace Quartier.Grains.Alerts;

/// <summary>
/// Hands a grain's alerts to its district in order, each only after the readings behind it are on the disk, and again until the
/// district has them: an alert has an id of its own, so repeating is harmless. Lives within its grain's turns.
/// </summary>
internal sealed class AlertOutbox(IDistrictGrain district, IReadingStore store, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// Beyond this many alerts waiting the grain takes no further readings until the district has caught up. As many are handed over at once: each
    /// call is a write to the disk, and a storm of alerts would fill a district with writes for minutes.
    /// </summary>
    public const int MaxWaiting = 256;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>Null while nothing waits: of 100,000 grains hardly one has an alert on its way.</summary>
    private Queue<(Alert Alert, long Ticket)>? _waiting;
    private Task _pump = Task.CompletedTask;

    /// <summary>Completes when everything handed over so far has reached the district.</summary>
    public Task Drained => _pump;

    /// <summary>True when the grain should wait for <see cref="Drained"/> before it goes on.</summary>
    public bool IsFull => _waiting?.Count >= MaxWaiting;

    /// <summary>Hands over one alert whose readings are durable once the ticket is.</summary>
    public void Add(Alert alert, long ticket)
    {
        (_waiting ??= new()).Enqueue((alert, ticket));
        if (_pump.IsCompleted)
        {
            _pump = PumpAsync();
        }
    }

    private async Task PumpAsync()
    {
        while (_waiting!.Count > 0)
        {
            var next = _waiting.Take(MaxWaiting).ToList();
            await store.WhenDurable(next[^1].Ticket);
            await DeliverAsync([.. next.Select(n => n.Alert)]);
            for (var handedOver = 0; handedOver < next.Count; handedOver++)
            {
                _waiting.Dequeue();
            }
        }

        // The ended pump would hold on to the last alert.
        (_waiting, _pump) = (null, Task.CompletedTask);
    }

    private async Task DeliverAsync(ImmutableArray<Alert> alerts)
    {
        var pause = FirstRetry;
        while (true)
        {
            try
            {
                await district.RecordAlerts(alerts);
                return;
            }
            catch (Exception error)
            {
                Log.AlertNotRecorded(logger, error, alerts.Length, alerts[0].Id, pause.TotalMilliseconds);
            }

            await Task.Delay(pause, time);
            pause = pause * 2 < LongestRetry ? pause * 2 : LongestRetry;
        }
    }
}
