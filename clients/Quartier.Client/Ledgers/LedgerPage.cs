namespace Quartier.Client.Ledgers;

/// <summary>A page of entries.</summary>
/// <param name="Items">In order of their index; may be empty although there is a next page.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record LedgerPage(IReadOnlyList<LedgerEntry> Items, long? Next);
