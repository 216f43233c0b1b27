namespace Quartier.Contracts.Ledgers;

/// <summary>How a city's ledger stands.</summary>
/// <param name="Size">Number of entries.</param>
/// <param name="Checkpoint">The newest signed checkpoint as text (a C2SP signed note); null before the first.</param>
/// <param name="CheckpointSize">Number of entries under it; 0 before the first.</param>
/// <param name="PublicKey">The key that signs, as PEM (SubjectPublicKeyInfo); null before the first ledger.</param>
public sealed record LedgerHead(long Size, string? Checkpoint, long CheckpointSize, string? PublicKey);
