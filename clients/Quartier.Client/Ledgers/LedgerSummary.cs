namespace Quartier.Client.Ledgers;

/// <summary>How often streams were read on a day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Reads">By stream and purpose.</param>
/// <param name="Others">Reads of streams beyond those listed.</param>
/// <param name="Denials">Reads that were denied.</param>
public sealed record LedgerSummary(DateOnly Day, IReadOnlyList<LedgerReads> Reads, long Others, long Denials);
