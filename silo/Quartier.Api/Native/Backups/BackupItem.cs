using Quartier.Api.Json;
using Quartier.Contracts.Backups;

namespace Quartier.Api.Native.Backups;

/// <summary>A backup.</summary>
/// <param name="Name">Its directory below that of the backups.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Expires">ISO date (UTC) on whose end it expires.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Bytes">Their size.</param>
internal sealed record BackupItem(string Name, UtcTime Made, string Expires, int Files, long Bytes)
{
    public static BackupItem Of(BackupManifest manifest) =>
        new(manifest.Name, new(manifest.MadeMs), manifest.Expires, manifest.Files.Length, manifest.Files.Sum(f => f.Bytes));
}
