namespace Quartier.Contracts.Backups;

/// <summary>One file of a backup.</summary>
/// <param name="Path">Below the backup's directory, with '/'.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal.</param>
public sealed record BackupFile(string Path, long Bytes, string Sha256);
