namespace Quartier.Contracts.Ledgers;

/// <summary>
/// The port behind which each city's ledger grows: an append-only Merkle log (RFC 9162). Changes are awaited; reads and denials are noted, and like
/// ones within a second become one entry.
/// </summary>
public interface ILedger
{
    /// <summary>Appends an entry; durable on return.</summary>
    /// <returns>The entry's index in the city's log, from 0.</returns>
    /// <exception cref="Readings.StoreException">The disk refused; nothing was appended, and what was to be recorded must not happen.</exception>
    ValueTask<long> AppendAsync(string city, LedgerEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Notes a read or a denial: written within a second, like ones together. Never blocks. False when the ledger cannot take it: the read must then be
    /// refused, because nothing is read without a record.
    /// </summary>
    bool TryNote(string city, LedgerEntry entry);
}
