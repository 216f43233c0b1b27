using System.Collections.Immutable;

namespace Quartier.Contracts.Ledgers;

/// <summary>How often streams were read on one day, without persons.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Rows">By stream, then purpose.</param>
/// <param name="Others">Reads of streams beyond the bounded number of rows.</param>
/// <param name="Denials">Reads of any stream that were denied.</param>
public sealed record LedgerSummary(DateOnly Day, ImmutableArray<LedgerSummaryRow> Rows, long Others, long Denials);
