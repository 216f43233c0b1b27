namespace Quartier.Api.Native.Ledgers;

/// <summary>How often streams were read on a day, without persons.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Reads">By stream and purpose.</param>
/// <param name="Others">Reads of streams beyond those listed.</param>
/// <param name="Denials">Reads that were denied.</param>
internal sealed record LedgerSummaryItem(string Day, LedgerReadsItem[] Reads, long Others, long Denials);
