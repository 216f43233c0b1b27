using System.Collections.Immutable;

namespace Quartier.Api.Native.Ledgers;

/// <summary>A proof of RFC 9162 section 2.1.</summary>
/// <param name="From">Index of the entry, or the older size.</param>
/// <param name="Size">Entries of the tree, or of the newer tree.</param>
/// <param name="Root">Root of that tree, base64.</param>
/// <param name="Hashes">The proof, base64.</param>
/// <param name="Line">The entry's line, for the data-protection officer alone; otherwise null.</param>
internal sealed record LedgerProofItem(long From, long Size, string Root, ImmutableArray<string> Hashes, string? Line);
