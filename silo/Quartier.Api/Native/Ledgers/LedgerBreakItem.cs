namespace Quartier.Api.Native.Ledgers;

/// <summary>A break that was accepted.</summary>
/// <param name="GoodSize">Entries under the newest checkpoint with which the entries still agreed; 0 for none.</param>
/// <param name="GoodRoot">Root of the tree over these; null for none.</param>
/// <param name="Found">What did not hold.</param>
/// <param name="Aside">How the names of the files that were kept aside begin.</param>
internal sealed record LedgerBreakItem(long GoodSize, string? GoodRoot, string Found, string Aside);
