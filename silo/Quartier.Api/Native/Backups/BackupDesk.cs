using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Quartier.Contracts.Backups;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Backups;

/// <summary>Makes and prunes backups, and records both in the ledger of every city that is in them.</summary>
internal sealed class BackupDesk(IRegistry registry, ILedger ledger, TimeProvider time, IServiceProvider services)
{
    /// <summary>The store of backups; null when the silo was started without a directory for them.</summary>
    public IBackupStore? Store => services.GetService<IBackupStore>();

    public async Task<BackupManifest> MakeAsync(IBackupStore store, string by, CancellationToken cancellationToken)
    {
        var manifest = await store.MakeAsync(cancellationToken).ConfigureAwait(false);
        await RecordAsync(LedgerEntryKind.Export, by, $"backup {manifest.Name} made, expires {manifest.Expires}, {DigestOf(manifest)}", cancellationToken)
            .ConfigureAwait(false);
        return manifest;
    }

    /// <summary>Removes what has expired; recorded first, because nothing is deleted without a record.</summary>
    public async Task<ImmutableArray<BackupManifest>> PruneAsync(IBackupStore store, string by, CancellationToken cancellationToken)
    {
        var today = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var expired = (await store.ListAsync(cancellationToken).ConfigureAwait(false))
            .Where(b => string.CompareOrdinal(b.Expires, today) < 0).ToImmutableArray();
        foreach (var backup in expired)
        {
            await RecordAsync(LedgerEntryKind.Deletion, by, $"backup {backup.Name} pruned, expired {backup.Expires}, {DigestOf(backup)}", cancellationToken)
                .ConfigureAwait(false);
            await store.RemoveAsync(backup.Name, cancellationToken).ConfigureAwait(false);
        }

        return expired;
    }

    private static string DigestOf(BackupManifest manifest)
    {
        var lines = manifest.Files.Select(f => FormattableString.Invariant($"{f.Sha256} {f.Bytes} {f.Path}\n"));
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))}";
    }

    private async Task RecordAsync(LedgerEntryKind kind, string by, string detail, CancellationToken cancellationToken)
    {
        foreach (var city in registry.Cities.Order(StringComparer.Ordinal))
        {
            var entry = new LedgerEntry(time.GetUtcNow().ToUnixTimeMilliseconds(), kind, by, null, null, [], null, 0, 1, null, null, detail);
            await ledger.AppendAsync(city, entry, cancellationToken).ConfigureAwait(false);
        }
    }
}
