namespace Quartier.Contracts.Ledgers;

/// <summary>What the ledgers hold.</summary>
/// <param name="Entries">Entries of all cities.</param>
/// <param name="NotesWaiting">Notes not yet written.</param>
/// <param name="OldestCheckpointMs">When the city whose newest checkpoint is oldest and does not cover all entries signed it, in milliseconds since 1970-01-01T00:00:00Z; null when all entries are covered.</param>
public sealed record LedgerFigures(long Entries, long NotesWaiting, long? OldestCheckpointMs);
