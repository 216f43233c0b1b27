namespace Quartier.Api.Native.Ledgers;

/// <summary>Entries of a ledger.</summary>
/// <param name="Items">In order of their index.</param>
/// <param name="Next">'from' of the next page; null at the end. A page can be empty and have a next one: a search looks at a bounded number of entries.</param>
/// <param name="Size">Entries that the ledger holds by now: whoever wants the newest begins before it.</param>
internal sealed record LedgerPageItem(LedgerEntryItem[] Items, long? Next, long Size);
