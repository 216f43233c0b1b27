using System.Collections.Immutable;

namespace Quartier.Contracts.Ledgers;

/// <summary>The port behind which a city's ledger is read. Memory per call is bounded; every answer holds what is durable.</summary>
public interface ILedgerReader
{
    /// <summary>How the ledger stands. A city without one has size 0.</summary>
    LedgerHead Head(string city);

    /// <summary>Entries in order of their index.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="from">First index.</param>
    /// <param name="limit">1 … 1,000 entries.</param>
    ValueTask<LedgerPage> RangeAsync(string city, long from, int limit);

    /// <summary>Entries that a filter finds, in order of their index. One call looks at a bounded number: continue at <see cref="LedgerPage.Next"/>.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="filter">What to find.</param>
    /// <param name="from">First index to look at.</param>
    /// <param name="limit">1 … 1,000 entries.</param>
    ValueTask<LedgerPage> FindAsync(string city, LedgerFilter filter, long from, int limit);

    /// <summary>The proof that the entry is in the tree of that size; null when there is no such entry or size.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="index">Index of the entry.</param>
    /// <param name="size">Number of entries of the tree; null for that of the newest checkpoint which holds the entry.</param>
    ValueTask<LedgerProof?> InclusionProofAsync(string city, long index, long? size);

    /// <summary>The hashes that prove the tree of <paramref name="from"/> entries to be the beginning of that of <paramref name="to"/>; null when there are no such sizes.</summary>
    ValueTask<LedgerProof?> ConsistencyProofAsync(string city, long from, long to);

    /// <summary>How often which stream was read for which purpose on one day (UTC).</summary>
    ValueTask<LedgerSummary> SummaryAsync(string city, DateOnly day);

    /// <summary>Signs a checkpoint over everything that is noted by now, and gives the ledger's newest one; null when the ledger is empty.</summary>
    /// <exception cref="Readings.StoreException">The disk refused, or the ledger is broken.</exception>
    ValueTask<string?> SignAsync(string city);

    /// <summary>
    /// Accepts that a ledger does not hold: its files are kept aside, and the next log begins with an entry that says so. Null when the ledger is not broken.
    /// </summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="by">Reference of the person who accepts it.</param>
    /// <param name="because">Why, in that person's words; at most <see cref="LedgerBreakLimits.ReasonCharacters"/> characters.</param>
    /// <exception cref="Readings.StoreException">The disk refused; the ledger is broken still.</exception>
    ValueTask<LedgerBreak?> AcceptBreakAsync(string city, string by, string because);

    /// <summary>The lines of an export, without newlines: a header, the entries, the checkpoints (docs/ledger-format.md).</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ExportAsync(string city, CancellationToken cancellationToken);

    /// <summary>What operators should know: one line for each ledger that is not well, with the remedy.</summary>
    ImmutableArray<LedgerFinding> Findings { get; }

    /// <summary>What the ledgers hold, all cities together.</summary>
    LedgerFigures Figures { get; }
}
