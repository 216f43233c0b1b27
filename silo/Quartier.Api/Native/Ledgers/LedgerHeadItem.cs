namespace Quartier.Api.Native.Ledgers;

/// <summary>What a ledger commits to.</summary>
/// <param name="Size">Entries so far.</param>
/// <param name="CheckpointSize">Entries under the checkpoint.</param>
/// <param name="Checkpoint">The newest signed checkpoint, a C2SP signed note; null before the first.</param>
/// <param name="PublicKey">The key that signs, as PEM.</param>
internal sealed record LedgerHeadItem(long Size, long CheckpointSize, string? Checkpoint, string? PublicKey);
