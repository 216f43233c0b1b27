using System.Collections.Immutable;

namespace Quartier.Contracts.Ledgers;

/// <summary>Some entries of a ledger.</summary>
/// <param name="Entries">In order of their index.</param>
/// <param name="Next">Where to continue; null at the end.</param>
public sealed record LedgerPage(ImmutableArray<IndexedEntry> Entries, long? Next);
