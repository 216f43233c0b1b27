using System.Collections.Immutable;

namespace Quartier.Contracts.Ledgers;

/// <summary>A proof of RFC 9162 section 2.1.</summary>
/// <param name="From">Inclusion: index of the entry. Consistency: the older size.</param>
/// <param name="Size">Number of entries of the (newer) tree.</param>
/// <param name="Root">Root of that tree, base64.</param>
/// <param name="Hashes">The proof's hashes, base64, in the order of the RFC.</param>
/// <param name="Line">Inclusion: the entry's line; null for consistency.</param>
public sealed record LedgerProof(long From, long Size, string Root, ImmutableArray<string> Hashes, string? Line);
