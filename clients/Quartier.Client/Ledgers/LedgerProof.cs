namespace Quartier.Client.Ledgers;

/// <summary>A proof of RFC 9162 section 2.1.</summary>
/// <param name="From">Index of the entry, or the older size.</param>
/// <param name="Size">Entries of the tree, or of the newer tree.</param>
/// <param name="Root">Root of that tree, base64.</param>
/// <param name="Hashes">The proof, base64.</param>
/// <param name="Line">The entry's line; null unless the data-protection officer asks.</param>
public sealed record LedgerProof(long From, long Size, string Root, IReadOnlyList<string> Hashes, string? Line);
