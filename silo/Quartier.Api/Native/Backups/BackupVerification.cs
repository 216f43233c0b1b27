using System.Collections.Immutable;

namespace Quartier.Api.Native.Backups;

/// <summary>What comparing every backup with its manifest has found.</summary>
/// <param name="Sound">True when nothing was found.</param>
/// <param name="Findings">Sentences with the remedy.</param>
internal sealed record BackupVerification(bool Sound, ImmutableArray<string> Findings);
