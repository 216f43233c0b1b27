namespace Quartier.Contracts.Ledgers;

/// <summary>An entry as it stands in the ledger: persons are pseudonyms.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Entry">The entry.</param>
public sealed record IndexedEntry(long Index, LedgerEntry Entry);
