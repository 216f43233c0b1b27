using System.Collections.Immutable;
using Quartier.Contracts.Cities;

namespace Quartier.Silo.Ingest;

/// <summary>Brings the collected refusals to the cities' grains once a second, each report under its own number so that repeating one is harmless.</summary>
internal sealed class RefusalReporting(RefusalCollector collector, IGrainFactory grains, TimeProvider time, ILogger<RefusalReporting> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly string _endpoint = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, Queue<RefusalReport>> _unsent = new(StringComparer.Ordinal);
    private long _sequence;

    /// <summary>Reports what has been collected so far.</summary>
    public async Task ReportAsync()
    {
        foreach (var (city, entries) in collector.Take())
        {
            if (!_unsent.TryGetValue(city, out var queue))
            {
                _unsent[city] = queue = new();
            }

            Enqueue(queue, entries);
        }

        foreach (var (city, queue) in _unsent)
        {
            await SendAsync(city, queue).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await ReportAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await ReportAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped: what is left is reported by StopAsync.
        }
    }

    /// <summary>A city that does not answer gets at most two reports waiting: the one under way and one that all later ones join.</summary>
    private void Enqueue(Queue<RefusalReport> queue, ImmutableArray<Refusal> entries)
    {
        if (queue.Count < 2)
        {
            queue.Enqueue(new(_endpoint, ++_sequence, entries));
            return;
        }

        var sent = queue.Dequeue();
        var waiting = queue.Dequeue();
        queue.Enqueue(sent);
        queue.Enqueue(waiting with { Entries = Join(waiting.Entries, entries) });
    }

    private static ImmutableArray<Refusal> Join(ImmutableArray<Refusal> earlier, ImmutableArray<Refusal> later) =>
        [.. Summed(Summed(earlier.Concat(later)).Select((r, i) =>
            i < RefusalCollector.MaxSources ? r : r with { Gateway = RefusalCollector.Others, Sensor = string.Empty }))];

    private static IEnumerable<Refusal> Summed(IEnumerable<Refusal> refusals) =>
        refusals.GroupBy(r => (r.Gateway, r.Sensor, r.Reason)).Select(g => g.Last() with
        {
            Count = g.Sum(r => r.Count),
            FirstMs = g.Min(r => r.FirstMs),
        });

    private async Task SendAsync(string city, Queue<RefusalReport> queue)
    {
        try
        {
            while (queue.TryPeek(out var report))
            {
                await grains.GetGrain<ICityGrain>(city).ReportRefusals(report).ConfigureAwait(false);
                queue.Dequeue();
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.RefusalsNotReported(logger, error, city);
        }
    }
}
