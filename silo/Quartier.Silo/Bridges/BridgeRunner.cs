using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Quartier.Contracts.Bridges;
using Quartier.Contracts.Registry;
using Quartier.Silo.Ingest;

namespace Quartier.Silo.Bridges;

/// <summary>Runs the bridges that the registries name: starts those that are new, stops those that are gone, and restarts those that changed.</summary>
internal sealed class BridgeRunner(IRegistry registry, GatewayIngest ingest, BridgeFiles files, ILogger<BridgeRunner> logger) : BackgroundService, IBridges
{
    /// <summary>How soon a new registry is noticed.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string City, string Bridge), Running> _running = new();

    /// <inheritdoc/>
    public ImmutableArray<BridgeStatus> Of(string city) => registry.Find(city) is { } snapshot
        ? [.. snapshot.City.Bridges.Select(b => _running.GetValueOrDefault((city, b.Id))?.State.Status()).OfType<BridgeStatus>()]
        : [];

    /// <summary>Brings what runs in line with the registries.</summary>
    public async Task AlignAsync()
    {
        var wanted = registry.Cities.Select(registry.Find).OfType<RegistrySnapshot>()
            .SelectMany(s => s.City.Bridges.Select(b => (Key: (s.City.Id, b.Id), Bridge: b)))
            .ToDictionary(b => b.Key, b => b.Bridge);
        foreach (var (key, running) in _running.Where(r => !wanted.TryGetValue(r.Key, out var bridge) || !AreSame(bridge, r.Value.Bridge)).ToList())
        {
            await running.StopAsync().ConfigureAwait(false);
            _running.TryRemove(key, out _);
        }

        foreach (var (key, bridge) in wanted.Where(w => !_running.ContainsKey(w.Key)))
        {
            _running[key] = Start(key.Item1, bridge);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_running.Values.Select(r => r.StopAsync())).ConfigureAwait(false);
        _running.Clear();
    }

    /// <summary>Where nobody stopped it first, as when the start fails: the loops end on their own.</summary>
    public override void Dispose()
    {
        foreach (var running in _running.Values)
        {
            running.Ending.Cancel();
        }

        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, ingest.Time);
        try
        {
            do
            {
                await AlignAsync().ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped, or disposed of without being stopped, which the host would report as a failure.
        }
    }

    private Running Start(string city, BridgeDefinition bridge)
    {
        var state = new BridgeState(bridge.Id, ingest.Time);
        var ending = new CancellationTokenSource();
        var loop = new BridgeLoop(city, bridge, files, ingest, state, static () => RandomNumberGenerator.GetInt32(1_000_000) / 1e6, logger);
        return new(bridge, state, ending, Task.Run(() => loop.RunAsync(ending.Token), CancellationToken.None));
    }

    private static bool AreSame(BridgeDefinition one, BridgeDefinition other) =>
        ReferenceEquals(one, other) || (one with { Filters = other.Filters } == other && one.Filters.SequenceEqual(other.Filters, StringComparer.Ordinal));

    private sealed record Running(BridgeDefinition Bridge, BridgeState State, CancellationTokenSource Ending, Task Loop)
    {
        public async Task StopAsync()
        {
            await Ending.CancelAsync().ConfigureAwait(false);
            await Loop.ConfigureAwait(false);
            Ending.Dispose();
        }
    }
}
