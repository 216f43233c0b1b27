using Quartier.Contracts.Readings;

namespace Quartier.Storage.Backups;

/// <summary>A data directory that is a backup: before anything is served from it, what has expired since it was made goes.</summary>
internal static class RestoredDirectory
{
    /// <summary>Drops what has expired, and makes the copy a data directory like any other.</summary>
    /// <exception cref="StoreException">The disk refused; nothing is served.</exception>
    public static void TakeUp(string directory, IReadingStore readings, TimeProvider time)
    {
        var manifest = Path.Combine(directory, BackupStore.ManifestName);
        if (!File.Exists(manifest))
        {
            return;
        }

        readings.DeleteExpiredAsync(time.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        File.Delete(manifest);
    }
}
