using System.Collections.Immutable;
using Api.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Contracts.Backups;
using Quartier.Contracts.Ledgers;

namespace Api.Tests;

/// <summary>Backups are kept for no longer than the first thing in them may be.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Prune_removes_what_has_expired_and_nothing_else_and_records_it_first()
    {
        // The tests' clock begins on 2026-07-02.
        var backups = new FakeBackups([Backup("old", "2026-06-30"), Backup("yesterday", "2026-07-01"), Backup("today", "2026-07-02"), Backup("later", "2027-07-01")]);
        await using var host = await ApiHost.StartAsync(services: b => b.Services.AddSingleton<IBackupStore>(backups));
        host.Ledger.Refuses = true;
        await host.SendAsync(HttpMethod.Post, "/api/backups/prune", "", "application/json", 503);
        Assert.Equal(4, backups.Kept.Count);
        host.Ledger.Refuses = false;
        var pruned = await host.SendAsync(HttpMethod.Post, "/api/backups/prune", "", "application/json");
        Assert.Equal(["old", "yesterday"], pruned!.AsArray().Select(b => b!["name"]!.GetValue<string>()));
        Assert.Equal(["today", "later"], backups.Kept.Select(b => b.Name));
        var recorded = host.Ledger.Entries.Where(e => e.Entry.Kind == LedgerEntryKind.Deletion).Select(e => e.Entry.Detail!).ToList();
        Assert.Equal(2, recorded.Count);
        Assert.StartsWith("backup old pruned, expired 2026-06-30, sha256:", recorded[0], StringComparison.Ordinal);
        host.Time.Advance(TimeSpan.FromDays(1));
        pruned = await host.SendAsync(HttpMethod.Post, "/api/backups/prune", "", "application/json");
        Assert.Equal("today", Assert.Single(pruned!.AsArray())!["name"]!.GetValue<string>());
    }

    private static BackupManifest Backup(string name, string expires) => new(name, 0, expires, [new("city.db", 1, "00")]);

    private sealed class FakeBackups(IEnumerable<BackupManifest> kept) : IBackupStore
    {
        public List<BackupManifest> Kept { get; } = [.. kept];

        public ValueTask<BackupManifest> MakeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<BackupManifest>> ListAsync(CancellationToken cancellationToken) => new([.. Kept]);

        public ValueTask RemoveAsync(string name, CancellationToken cancellationToken)
        {
            Kept.RemoveAll(b => b.Name == name);
            return ValueTask.CompletedTask;
        }

        public ValueTask<ImmutableArray<string>> VerifyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
