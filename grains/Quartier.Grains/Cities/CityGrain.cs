using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Quartier.Grains.Cities;

/// <summary>A city: applies registry files, tells whom they concern, and keeps the books of what never reached a sensor.</summary>
public sealed class CityGrain(
    [PersistentState("refusals", CityGrain.StateStore)] IPersistentState<RefusalState> refusals,
    [PersistentState("announcements", CityGrain.StateStore)] IPersistentState<AnnouncementState> announcements,
    IRegistry registry,
    IRegistryStore documents,
    ILedger ledger,
    TimeProvider time,
    ILogger<CityGrain> logger) : Grain, ICityGrain
{
    /// <summary>Name of the storage for the state of grains.</summary>
    internal const string StateStore = "city";

    /// <summary>Refusals are saved this often: what a crash may lose of them is counted on neither side of the books.</summary>
    private static readonly TimeSpan SavePeriod = TimeSpan.FromSeconds(10);

    private RefusalBook _book = new(new());
    private Announcements _announcements = null!;
    private bool _unsaved;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _book = new(refusals.State);
        _announcements = new(this.GetPrimaryKeyString(), announcements, GrainFactory, time, logger);
        _announcements.Resume();
        StayWhileNeeded();
        this.RegisterGrainTimer(
            static (CityGrain self, CancellationToken _) => self.Tick(),
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

        var difference = RegistryDiff.Compare(current?.City, parsed.City);
        if (dryRun || difference.Changes.IsEmpty)
        {
            return new(version, Applied: false, difference.Changes, []);
        }

        await policies.Prepare(next.Version, [.. next.City.Districts.Select(d => d.Id)]);
        await RecordAsync(next.Version, yaml, difference.Changes.Length);
        await BringIntoForceAsync(next, yaml, difference.Reach);
        Log.RegistryApplied(logger, next.Version, city, difference.Changes.Length);
        return new(next.Version, Applied: true, difference.Changes, []);
    }

    /// <inheritdoc/>
    public Task ReportRefusals(RefusalReport report)
    {
        _unsaved |= _book.TryAdd(report);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CityRefusals> GetRefusals() => Task.FromResult(new CityRefusals(_book.Newest));

    /// <summary>
    /// Durable first, then in force, then told: whoever misses it is told again. New sensors and assets are told by nobody: they begin with it.
    /// </summary>
    private async Task BringIntoForceAsync(RegistrySnapshot next, string yaml, RegistryReach reach)
    {
        await _announcements.KeepAsync(reach);
        try
        {
            await documents.SaveAsync(new(next.City.Id, next.Version, yaml, time.GetUtcNow().ToUnixTimeMilliseconds()), CancellationToken.None);
        }
        catch
        {
            _announcements.Forget(reach);
            throw;
        }

        registry.Publish(next);
        await _announcements.TellAsync(reach);
        StayWhileNeeded();
    }

    private Task Tick()
    {
        _announcements.TellAgainWhenDue();
        StayWhileNeeded();
        return SaveRefusals();
    }

    /// <summary>Whoever has still to be told is told by nobody else.</summary>
    private void StayWhileNeeded() => DelayDeactivation(_announcements.IsDone ? TimeSpan.FromTicks(-1) : Timeout.InfiniteTimeSpan);

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

    /// <summary>Recorded before it happens: a change that cannot be recorded is not made.</summary>
    private async Task RecordAsync(long version, string yaml, int changes)
    {
        var who = RequestContext.Get(LedgerContext.Who) as string ?? LedgerContext.Itself;
        var detail = $"version {version}, {changes} changes, sha256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)))}";
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        await ledger.AppendAsync(
            this.GetPrimaryKeyString(),
            new(nowMs, LedgerEntryKind.Registry, who, null, null, [], null, 0, 1, null, null, detail),
            CancellationToken.None);
    }
}
