using Quartier.Contracts.Readings;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Backups;

/// <summary>A data directory that is a backup: before anything is served from it, what has expired since it was made goes.</summary>
internal static class RestoredDirectory
{
    /// <summary>Drops what has expired, and makes the copy a data directory like any other.</summary>
    /// <exception cref="StoreException">The disk refused; nothing is served.</exception>
    public static void TakeUp(string directory, StoreCore core, Sealer sealer)
    {
        var manifest = Path.Combine(directory, BackupStore.ManifestName);
        if (!File.Exists(manifest))
        {
            return;
        }

        new Expiry(core, sealer, new SealedReadings(core.Partitions)).DeleteBefore(EventDay.Of(core.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        File.Delete(manifest);
    }
}
