using Microsoft.Extensions.Logging;
using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Registry;

namespace Quartier.Grains.Cities;

/// <summary>A city: applies registry files and keeps the books of what never reached a sensor.</summary>
public sealed class CityGrain(
    [PersistentState("refusals", CityGrain.StateStore)] IPersistentState<RefusalState> refusals,
    IRegistry registry,
    IRegistryStore documents,
    TimeProvider time,
    ILogger<CityGrain> logger) : Grain, ICityGrain
{
    /// <summary>Name of the storage for the state of grains.</summary>
    internal const string StateStore = "city";

    /// <summary>Refusals are saved this often: what a crash may lose of them is counted on neither side of the books.</summary>
    private static readonly TimeSpan SavePeriod = TimeSpan.FromSeconds(10);

    /// <summary>How many grains are told of a change at the same time.</summary>
    private const int ToldAtOnce = 256;

    private RefusalBook _book = new(new());
    private bool _unsaved;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _book = new(refusals.State);
        this.RegisterGrainTimer(
            static (CityGrain self, CancellationToken _) => self.SaveRefusals(),
            this,
            new GrainTimerCreationOptions { DueTime = SavePeriod, Period = SavePeriod });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => SaveRefusals();

    /// <inheritdoc/>
    public async Task<ApplyResult> Apply(string yaml, bool dryRun)
    {
        var city = this.GetPrimaryKeyString();
        var current = registry.Find(city);
        var version = current?.Version ?? 0;
        var parsed = RegistryFile.Read(yaml);
        if (parsed.City is null)
        {
            return new(version, Applied: false, [], parsed.Problems);
        }

        if (!string.Equals(parsed.City.Id, city, StringComparison.Ordinal))
        {
            var problem = new RegistryProblem(1, 1, $"The file describes the city '{parsed.City.Id}', but was sent to '{city}'. Send it to its own city.");
            return new(version, Applied: false, [], [problem]);
        }

        var next = new RegistrySnapshot(parsed.City, version + 1);
        var policies = GrainFactory.GetGrain<IPolicyGrain>(city);
        var misplaced = RegistryZones.Problems(yaml, next, await policies.Zones());
        if (!misplaced.IsEmpty)
        {
            return new(version, Applied: false, [], misplaced);
        }

        var changes = RegistryDiff.Between(current?.City, parsed.City);
        if (dryRun || changes.IsEmpty)
        {
            return new(version, Applied: false, changes, []);
        }

        await policies.Prepare(next.Version, [.. next.City.Districts.Select(d => d.Id)]);
        await documents.SaveAsync(new(city, next.Version, yaml, time.GetUtcNow().ToUnixTimeMilliseconds()), CancellationToken.None);
        registry.Publish(next);
        await TellAsync(current?.City, next.City);
        Log.RegistryApplied(logger, next.Version, city, changes.Length);
        return new(next.Version, Applied: true, changes, []);
    }

    /// <inheritdoc/>
    public Task ReportRefusals(RefusalReport report)
    {
        _unsaved |= _book.TryAdd(report);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CityRefusals> GetRefusals() => Task.FromResult(new CityRefusals(_book.Newest));

    private async Task SaveRefusals()
    {
        if (!_unsaved)
        {
            return;
        }

        _unsaved = false;
        refusals.State = _book.State;
        try
        {
            await refusals.WriteStateAsync();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _unsaved = true;
            Log.RefusalsNotSaved(logger, error, this.GetPrimaryKeyString());
        }
    }

    /// <summary>New sensors and assets wake by themselves; those that changed or went are told.</summary>
    private async Task TellAsync(CityDefinition? before, CityDefinition after)
    {
        var calls = new List<Func<Task>>();
        calls.AddRange((before?.Districts ?? []).Concat(after.Districts).Select(d => d.Id).Distinct(StringComparer.Ordinal)
            .Select(id => (Func<Task>)(() => GrainFactory.GetGrain<IDistrictGrain>(GrainKeys.District(after.Id, id)).Refresh())));
        calls.AddRange((before?.Sensors ?? [])
            .Select(s => (Func<Task>)(() => GrainFactory.GetGrain<ISensorGrain>(GrainKeys.Sensor(after.Id, s.Gateway, s.Id)).Refresh())));
        calls.AddRange((before?.Assets ?? [])
            .Select(a => (Func<Task>)(() => GrainFactory.GetGrain<IAssetGrain>(GrainKeys.Asset(after.Id, a.Id)).Refresh())));
        foreach (var chunk in calls.Chunk(ToldAtOnce))
        {
            foreach (var told in Array.ConvertAll(chunk, TellOneAsync))
            {
                await told;
            }
        }
    }

    /// <summary>The registry is in force by now: one grain that cannot be told must neither hide that nor keep the others from being told.</summary>
    private async Task TellOneAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception error)
        {
            Log.ChangeNotTold(logger, error, this.GetPrimaryKeyString());
        }
    }
}
