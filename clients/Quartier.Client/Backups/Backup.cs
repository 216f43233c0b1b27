namespace Quartier.Client.Backups;

/// <summary>A backup.</summary>
/// <param name="Name">Its directory below that of the backups.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Expires">ISO date (UTC) on whose end it expires.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Bytes">Their size.</param>
public sealed record Backup(string Name, DateTimeOffset Made, string Expires, int Files, long Bytes);
