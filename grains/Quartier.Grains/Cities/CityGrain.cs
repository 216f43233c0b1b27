using System.Collections.Immutable;
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

        // What stands beside the file stays, as far as the file leaves it room.
        if (RegistryDoors.Snapshot(parsed.City, current?.Additions ?? [], version + 1, out var clashes) is not { } next)
        {
            return new(version, Applied: false, [], clashes);
        }

        var policies = GrainFactory.GetGrain<IPolicyGrain>(city);
        var misplaced = RegistryZones.Problems(yaml, next, await policies.Zones());
        if (!misplaced.IsEmpty)
        {
            return new(version, Applied: false, [], misplaced);
        }

        var difference = RegistryDiff.Compare(current?.City, next.City);
        if (dryRun || difference.Changes.IsEmpty)
        {
            return new(version, Applied: false, difference.Changes, []);
        }

        await policies.Prepare(next.Version, [.. next.City.Districts.Select(d => d.Id)]);
        await RecordAsync($"version {next.Version}, {difference.Changes.Length} changes, sha256 {Digest(yaml)}");
        var document = new RegistryDocument(city, next.Version, yaml, time.GetUtcNow().ToUnixTimeMilliseconds());
        await BringIntoForceAsync(next, difference.Reach, () => SaveAsync(document));
        Log.RegistryApplied(logger, next.Version, city, difference.Changes.Length);
        return new(next.Version, Applied: true, difference.Changes, []);
    }

    /// <inheritdoc/>
    public async Task<AmendResult> Amend(RegistryAmendment amendment)
    {
        var city = this.GetPrimaryKeyString();
        var current = registry.Find(city);
        var version = current?.Version ?? 0;
        if (current is null || (!amendment.Changes.IsEmpty && current.Version != amendment.BasedOn))
        {
            return new(new(version, Applied: false, [], []), null, IsOutdated: true);
        }

        var (next, problems) = await CheckAsync(current, amendment.Changes);
        if (next is null)
        {
            return new(new(version, Applied: false, [], problems), null, IsOutdated: false);
        }

        var difference = RegistryDiff.Compare(current, next, amendment.Changes);
        var changes = difference.Changes.Length;
        var entities = amendment.Entities.Length == 0 ? string.Empty : $", entities sha256 {Digest(amendment.Entities)}";
        var written = string.Join('\n', amendment.Changes.Select(c => $"{c.Kind} {c.Key} {c.Text}"));
        var registered = changes == 0 ? $"version {version}, beside the file nothing" : $"version {next.Version}, beside the file {changes} changes, sha256 {Digest(written)}";
        await RecordAsync(registered + entities);
        var refusal = await (changes == 0 ? StoreAsync(city, 0, amendment) : AmendAsync(next, difference.Reach, amendment));
        return new(new(refusal is null && changes > 0 ? next.Version : version, refusal is null && changes > 0, difference.Changes, []), refusal, IsOutdated: false);
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
    private async Task<AmendRefusal?> BringIntoForceAsync(RegistrySnapshot next, RegistryReach reach, Func<Task<AmendRefusal?>> save)
    {
        await _announcements.KeepAsync(reach);
        AmendRefusal? refusal;
        try
        {
            refusal = await save();
        }
        catch
        {
            _announcements.Forget(reach);
            throw;
        }

        if (refusal is not null)
        {
            _announcements.Forget(reach);
            return refusal;
        }

        registry.Publish(next);
        await _announcements.TellAsync(reach);
        StayWhileNeeded();
        return null;
    }

    private async Task<AmendRefusal?> SaveAsync(RegistryDocument document)
    {
        await documents.SaveAsync(document, CancellationToken.None);
        return null;
    }

    private async Task<(RegistrySnapshot? Next, ImmutableArray<RegistryProblem> Problems)> CheckAsync(
        RegistrySnapshot current, ImmutableArray<RegistryAddition> changes)
    {
        if (changes.IsEmpty)
        {
            return (current, []);
        }

        if (RegistryDoors.Amend(current, changes, out var problems) is not { } next)
        {
            return (null, problems);
        }

        var misplaced = RegistryZones.Problems(next, changes, await GrainFactory.GetGrain<IPolicyGrain>(current.City.Id).Zones());
        return misplaced.IsEmpty ? (next, []) : (null, misplaced);
    }

    private async Task<AmendRefusal?> AmendAsync(RegistrySnapshot next, RegistryReach reach, RegistryAmendment amendment)
    {
        var refusal = await BringIntoForceAsync(next, reach, () => StoreAsync(next.City.Id, next.Version, amendment));
        if (refusal is null)
        {
            Log.RegistryAmended(logger, next.Version, next.City.Id, amendment.Changes.Length);
        }

        return refusal;
    }

    private Task<AmendRefusal?> StoreAsync(string city, long version, RegistryAmendment amendment) =>
        documents.AmendAsync(city, version, amendment, time.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None).AsTask();

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
    private async Task RecordAsync(string detail)
    {
        var who = RequestContext.Get(LedgerContext.Who) as string ?? LedgerContext.Itself;
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        await ledger.AppendAsync(
            this.GetPrimaryKeyString(),
            new(nowMs, LedgerEntryKind.Registry, who, null, null, [], null, 0, 1, null, null, detail),
            CancellationToken.None);
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
