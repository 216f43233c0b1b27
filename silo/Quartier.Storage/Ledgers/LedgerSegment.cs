namespace Quartier.Storage.Ledgers;

/// <summary>One file of entries.</summary>
/// <param name="Path">Below the data directory.</param>
/// <param name="First">Index of its first entry.</param>
internal sealed record LedgerSegment(string Path, long First)
{
    /// <summary>Bytes that are durable.</summary>
    public long Bytes { get; set; }
}
