namespace Quartier.Storage;

/// <summary>Limits of the embedded store. The defaults suit one city on two cores.</summary>
public sealed record StoreOptions
{
    /// <summary>Bytes of one journal segment, allocated ahead; 16 KiB … 1 GiB. Default 64 MiB: a segment lasts about ten seconds at full load.</summary>
    public int SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Bytes written to the journal in one piece; at most a quarter of a segment. Default 256 KiB: larger pieces gain nothing.</summary>
    public int FrameBytes { get; init; } = 256 << 10;

    /// <summary>Journal bytes not yet sealed above which the oldest readings are sealed. Default 256 MiB: recovery reads that much in a few seconds.</summary>
    public long JournalLimitBytes { get; init; } = 256L << 20;

    /// <summary>Readings held in memory above which the oldest are sealed. Default 4,000,000: 100 MB.</summary>
    public long UnsealedReadingsLimit { get; init; } = 4_000_000;

    /// <summary>Bytes accepted and not yet on the disk above which <c>Append</c> refuses. Default 256 MiB: callers stop far earlier by not being acknowledged.</summary>
    public long PendingLimitBytes { get; init; } = 256L << 20;

    /// <summary>Readings of one sealed block; 16 … 4,096. Default 256: three of them fit a page, and a block decodes in microseconds.</summary>
    public int BlockReadings { get; init; } = 256;

    /// <summary>Blocks sealed in one transaction. Default 2,000: the two waits for the disk are shared by many, and it still ends within a fraction of a second.</summary>
    public int SealBatchBlocks { get; init; } = 2_000;

    /// <summary>Partition files open at the same time. Default 32: one month of daily partitions.</summary>
    public int OpenPartitions { get; init; } = 32;

    /// <summary>Memory for the look-up of repeated readings. Default 64 MiB: some twenty million sealed readings.</summary>
    public long HistoryBytes { get; init; } = 64 << 20;

    /// <summary>Time between attempts while the disk refuses. Default one second.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Directory outside the data directory to which the ledgers' signed checkpoints are copied; null for none.</summary>
    public string? LedgerCheckpointsDirectory { get; init; }

    /// <summary>Bytes of one file of ledger entries; at least 1. Default 64 MiB: some 250,000 entries.</summary>
    public long LedgerSegmentBytes { get; init; } = Ledgers.LedgerLimits.SegmentBytes;

    /// <summary>Where backups are written; null when none are made. Default null.</summary>
    public string? BackupsDirectory { get; init; }

    /// <summary>No threads of its own: nothing reaches the disk but through <c>EmbeddedStore.Pump</c>. For deterministic simulations. Default false.</summary>
    public bool Inline { get; init; }
}
