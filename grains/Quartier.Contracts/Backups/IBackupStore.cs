using System.Collections.Immutable;

namespace Quartier.Contracts.Backups;

/// <summary>The port behind which copies of the whole data directory are made, while it is in use.</summary>
public interface IBackupStore
{
    /// <summary>Makes a backup; readings that were acknowledged before are in it. Durable on return.</summary>
    /// <exception cref="Readings.StoreException">A disk refused, or there is one of that name; nothing complete was left.</exception>
    ValueTask<BackupManifest> MakeAsync(CancellationToken cancellationToken);

    /// <summary>The complete backups, oldest first.</summary>
    ValueTask<ImmutableArray<BackupManifest>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes a backup with all its files.</summary>
    /// <exception cref="Readings.StoreException">The disk refused.</exception>
    ValueTask RemoveAsync(string name, CancellationToken cancellationToken);

    /// <summary>Compares every file with its digest, and looks for backups that are incomplete or should have been pruned.</summary>
    /// <returns>A sentence with the remedy for each thing found.</returns>
    ValueTask<ImmutableArray<string>> VerifyAsync(CancellationToken cancellationToken);
}
