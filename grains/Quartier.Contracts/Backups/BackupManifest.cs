using System.Collections.Immutable;

namespace Quartier.Contracts.Backups;

/// <summary>What a backup says of itself in <c>backup.json</c>, which is written last: without it a backup is incomplete.</summary>
/// <param name="Name">Its directory below that of the backups.</param>
/// <param name="MadeMs">When it was made, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Expires">ISO date (UTC) on whose end it expires: the earliest on which anything in it does.</param>
/// <param name="Files">Its files, in ordinal order.</param>
public sealed record BackupManifest(string Name, long MadeMs, string Expires, ImmutableArray<BackupFile> Files);
