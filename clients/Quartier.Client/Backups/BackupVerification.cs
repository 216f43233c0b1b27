namespace Quartier.Client.Backups;

/// <summary>What comparing every backup with its manifest has found.</summary>
/// <param name="Sound">True when nothing was found.</param>
/// <param name="Findings">Sentences with the remedy.</param>
public sealed record BackupVerification(bool Sound, IReadOnlyList<string> Findings);
