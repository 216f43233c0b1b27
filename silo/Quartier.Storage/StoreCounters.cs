namespace Quartier.Storage;

/// <summary>What the store has done since it was opened; monotone, for metrics.</summary>
public sealed class StoreCounters
{
    private long _appended;
    private long _duplicates;
    private long _contradictions;
    private long _syncs;
    private long _journalBytes;
    private long _sealedBlocks;
    private long _sealedReadings;
    private long _sealBatches;
    private long _sealTicks;
    private long _longestSealTicks;

    /// <summary>Readings stored.</summary>
    public long ReadingsAppended => Volatile.Read(ref _appended);

    /// <summary>Readings that were stored already.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Readings that differed from what was stored for their time.</summary>
    public long Contradictions => Volatile.Read(ref _contradictions);

    /// <summary>Groups brought to the disk.</summary>
    public long JournalSyncs => Volatile.Read(ref _syncs);

    /// <summary>Bytes written to the journal.</summary>
    public long JournalBytes => Volatile.Read(ref _journalBytes);

    /// <summary>Blocks sealed.</summary>
    public long SealedBlocks => Volatile.Read(ref _sealedBlocks);

    /// <summary>Readings sealed; one that is sealed again with a block counts once.</summary>
    public long SealedReadings => Volatile.Read(ref _sealedReadings);

    /// <summary>Transactions that sealed blocks.</summary>
    public long SealBatches => Volatile.Read(ref _sealBatches);

    /// <summary>Time spent in them.</summary>
    public TimeSpan SealTime => TimeSpan.FromTicks(Volatile.Read(ref _sealTicks));

    /// <summary>The longest of them.</summary>
    public TimeSpan LongestSeal => TimeSpan.FromTicks(Volatile.Read(ref _longestSealTicks));

    internal void AddOutcomes(int stored, int duplicates, int contradictions)
    {
        Interlocked.Add(ref _appended, stored);
        if (duplicates > 0)
        {
            Interlocked.Add(ref _duplicates, duplicates);
        }

        if (contradictions > 0)
        {
            Interlocked.Add(ref _contradictions, contradictions);
        }
    }

    internal void AddSync(long bytes)
    {
        Interlocked.Increment(ref _syncs);
        Interlocked.Add(ref _journalBytes, bytes);
    }

    // Only the sealer counts these, one batch at a time.
    internal void AddSeal(int blocks, long readings, TimeSpan duration)
    {
        Interlocked.Add(ref _sealedBlocks, blocks);
        Interlocked.Add(ref _sealedReadings, readings);
        Interlocked.Increment(ref _sealBatches);
        Interlocked.Add(ref _sealTicks, duration.Ticks);
        Volatile.Write(ref _longestSealTicks, Math.Max(_longestSealTicks, duration.Ticks));
    }
}
