using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Quartier.Silo.Startup;

/// <summary>
/// Wakes every registered grain after a start, so that alerts that were due when the program died are raised now, and
/// coverage is known before the first reading comes.
/// </summary>
internal sealed class Awakening(IRegistry registry, IGrainFactory grains, TimeProvider time, ILogger<Awakening> logger)
{
    /// <summary>Grains woken at the same time: each reads its snapshot, so more would only queue at the disk.</summary>
    private const int AtOnce = 512;

    private long _sensors;

    /// <summary>True once every grain is awake.</summary>
    public bool Done { get; private set; }

    /// <summary>Sensors woken so far.</summary>
    public long Sensors => Interlocked.Read(ref _sensors);

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>Wakes all.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var failed = 0;
        foreach (var snapshot in registry.Cities.Select(registry.Find).OfType<RegistrySnapshot>())
        {
            // First what came into force while the program was down: the others wake on its terms.
            failed += await TryAsync(() => grains.GetGrain<IPolicyGrain>(snapshot.City.Id).Refresh()).ConfigureAwait(false) ? 0 : 1;
            foreach (var chunk in Calls(snapshot.City).Chunk(AtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var results = await Task.WhenAll(chunk.Select(TryAsync)).ConfigureAwait(false);
                failed += results.Count(ok => !ok);
            }
        }

        Took = time.GetElapsedTime(start);
        Done = true;
        Log.Awake(logger, Took.TotalSeconds, failed);
    }

    private IEnumerable<Func<Task>> Calls(CityDefinition city) =>
        city.Districts.Select(d => (Func<Task>)(() => grains.GetGrain<IDistrictGrain>(GrainKeys.District(city.Id, d.Id)).Refresh()))
            .Concat(city.Assets.Select(a => (Func<Task>)(() => grains.GetGrain<IAssetGrain>(GrainKeys.Asset(city.Id, a.Id)).Refresh())))
            .Concat(city.Sensors.Select(s => (Func<Task>)(() => WakeSensorAsync(GrainKeys.Sensor(city.Id, s.Gateway, s.Id)))));

    private async Task WakeSensorAsync(string key)
    {
        await grains.GetGrain<ISensorGrain>(key).Refresh().ConfigureAwait(false);
        Interlocked.Increment(ref _sensors);
    }

    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.NotAwake(logger, error);
            return false;
        }
    }
}
