using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Quartier.Contracts.Readings;
using Quartier.Storage.Journals;
using Quartier.Storage.Partitions;

namespace Quartier.Storage.Readings;

/// <summary>
/// Brings open blocks into the partitions and gives journal files back. Each batch announces itself in the journal before it commits
/// and leaves its number in the partition: after a crash at any point the journal knows exactly what the partition already has.
/// </summary>
internal sealed class Sealer
{
    /// <summary>An entry of a seal intent takes at most this many bytes.</summary>
    private const int MostEntryBytes = 16;

    private readonly StoreCore _core;
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<SealItem> _ready = new();
    private readonly ConcurrentQueue<Datastream> _stale = new();
    private readonly BlockMerge _merge;
    private readonly RecordWriter _records = new();
    private readonly int _batchBlocks;
    private readonly Queue<(long Batch, long Position)> _announced;
    private long _unsealed;
    private long _lastBatch;
    private long _forgetBefore;

    /// <summary>Creates the sealer, with the batches that the journal already mentions.</summary>
    public Sealer(StoreCore core, IEnumerable<(long Batch, long Position)> announced)
    {
        _announced = new(announced.OrderBy(a => a.Batch));
        _core = core;
        _merge = new BlockMerge(core.Options.BlockReadings);
        _batchBlocks = Math.Min(core.Options.SealBatchBlocks, (Math.Min(core.Options.FrameBytes, JournalFormat.MostPayloadBytes) / MostEntryBytes) - 8);
        _lastBatch = _announced.Count > 0 ? _announced.Max(a => a.Batch) : 0;
    }

    /// <summary>Readings not yet sealed.</summary>
    public long UnsealedReadings => Volatile.Read(ref _unsealed);

    /// <summary>Why the last attempt failed, or null.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Blocks that are due.</summary>
    public int Due => _ready.Count;

    /// <summary>More is unsealed than the limits want.</summary>
    public bool IsUnderPressure =>
        UnsealedReadings > _core.Options.UnsealedReadingsLimit || _core.Journal.Segments.UsedBytes > _core.Options.JournalLimitBytes;

    /// <summary>So much is unsealed that acknowledgements must wait for the sealer.</summary>
    public bool IsOverwhelmed =>
        UnsealedReadings > 2 * _core.Options.UnsealedReadingsLimit || _core.Journal.Segments.UsedBytes > 2 * _core.Options.JournalLimitBytes;

    /// <summary>Queues a block that is full or whose day is over. The caller holds the datastream's gate.</summary>
    public void Enqueue(Datastream datastream, OpenBlock block)
    {
        if (!block.Queued)
        {
            block.Queued = true;
            _ready.Enqueue(new SealItem(datastream, block));
        }
    }

    /// <summary>Queues a datastream whose name or retention is not yet in city.db.</summary>
    public void EnqueueStale(Datastream datastream) => _stale.Enqueue(datastream);

    /// <summary>Counts readings that came into or left open blocks.</summary>
    public void CountUnsealed(int change) => Interlocked.Add(ref _unsealed, change);

    /// <summary>Seals what is due, or the oldest when a limit is exceeded. True when something was done and nothing failed.</summary>
    public bool Step()
    {
        lock (_gate)
        {
            var due = new List<SealItem>();
            while (due.Count < 8 * _batchBlocks && _ready.TryDequeue(out var item))
            {
                due.Add(item);
            }

            if (IsUnderPressure)
            {
                AddOldest(due);
            }

            return due.Count > 0 ? SealAll(due) : !_stale.IsEmpty && Finish();
        }
    }

    /// <summary>Seals every open block that the journal holds before the position, and gives the journal files back. False when the disk refused.</summary>
    public bool SealBefore(long position)
    {
        lock (_gate)
        {
            return SealAll(OpenBefore(position)) && Finish();
        }
    }

    /// <summary>Seals every open block that the condition names. False when the disk refused.</summary>
    public bool Seal(Func<Datastream, OpenBlock, bool> condition)
    {
        lock (_gate)
        {
            return SealAll(Open(condition)) && Finish();
        }
    }

    /// <summary>Runs the action while nothing is being sealed.</summary>
    public T Exclusively<T>(Func<T> action)
    {
        lock (_gate)
        {
            return action();
        }
    }

    /// <summary>The position before which the journal is not needed.</summary>
    public long OldestNeeded()
    {
        var oldest = _core.Journal.End;
        foreach (var stream in _core.Datastreams.All)
        {
            lock (stream.Gate)
            {
                oldest = Math.Min(oldest, stream.OldestPosition());
            }
        }

        return oldest;
    }

    private void AddOldest(List<SealItem> due)
    {
        var oldest = OldestNeeded();
        var step = Math.Max(_core.Options.SegmentBytes, (_core.Journal.End - oldest) / 4);
        due.AddRange(OpenBefore(oldest + step));
    }

    private List<SealItem> OpenBefore(long position) => Open((_, block) => block.OldestPosition < position);

    private List<SealItem> Open(Func<Datastream, OpenBlock, bool> condition)
    {
        var found = new List<SealItem>();
        foreach (var stream in _core.Datastreams.All)
        {
            lock (stream.Gate)
            {
                foreach (var block in stream.Open)
                {
                    if (!block.IsEmpty && condition(stream, block))
                    {
                        found.Add(new SealItem(stream, block));
                    }
                }
            }
        }

        return found;
    }

    private bool SealAll(List<SealItem> due)
    {
        foreach (var day in due.GroupBy(i => i.Block.ExpiryDay).OrderBy(g => g.Key))
        {
            foreach (var batch in day.Distinct().OrderBy(i => i.Datastream.Number).Chunk(_batchBlocks))
            {
                if (!Seal(day.Key, batch))
                {
                    Requeue(due);
                    return false;
                }
            }
        }

        return Finish();
    }

    // Items already sealed find their blocks empty and are skipped.
    private void Requeue(List<SealItem> due)
    {
        foreach (var item in due)
        {
            lock (item.Datastream.Gate)
            {
                Enqueue(item.Datastream, item.Block);
            }
        }
    }

    private bool Seal(int day, SealItem[] batch)
    {
        var work = Take(batch);
        if (work.Count == 0)
        {
            return true;
        }

        var started = _core.Time.GetTimestamp();
        var blocks = 0;
        try
        {
            var number = Announce(day, work);
            _core.Partitions.Write(day, transaction => blocks = Commit(transaction, number, work));
        }
        catch (Exception failure) when (failure is IOException or StoreException)
        {
            Failure = failure as IOException ?? new IOException(failure.Message, failure);
            work.ForEach(Return);
            return false;
        }

        Failure = null;
        work.ForEach(Complete);
        _core.Counters.AddSeal(blocks, work.Sum(w => (long)w.Readings.Length), _core.Time.GetElapsedTime(started));
        return true;
    }

    private int Commit(PartitionTransaction transaction, long number, List<SealWork> work)
    {
        transaction.ForgetBatchesBefore(_forgetBefore);
        transaction.NoteBatch(number);
        var blocks = 0;
        foreach (var item in work)
        {
            blocks += _merge.Apply(transaction, item.Datastream.Number, item.Readings);
            transaction.Annotate(item.Datastream.Number, item.Annotations);
            transaction.Correct(item.Datastream.Number, item.Corrections);
        }

        return blocks;
    }

    private static List<SealWork> Take(SealItem[] batch)
    {
        var work = new List<SealWork>(batch.Length);
        foreach (var (stream, block) in batch)
        {
            lock (stream.Gate)
            {
                block.Queued = false;
                if (!block.Active.IsEmpty && !block.IsSealing)
                {
                    work.Add(new SealWork(
                        stream, block, block.BeginSealing(), block.Annotations?.BeginSealing() ?? [], block.Corrections?.BeginSealing() ?? [],
                        new SealedUpTo(stream.Number, stream.LastTicket)));
                }
            }
        }

        return work;
    }

    private long Announce(int day, List<SealWork> work)
    {
        var number = Math.Max(_lastBatch + 1, _core.Time.GetUtcNow().ToUnixTimeMilliseconds());
        _lastBatch = number;
        _records.Clear();
        _records.AddIntent(number, day, CollectionsMarshal.AsSpan(work.ConvertAll(w => w.UpTo)));
        var position = _core.Journal.Append(_records.Finish(), int.MaxValue);
        _announced.Enqueue((number, position));
        return _core.Journal.AwaitDurable(position)
            ? number
            : throw _core.Journal.Failure ?? new IOException("The journal has been closed.");
    }

    private void Complete(SealWork work)
    {
        lock (work.Datastream.Gate)
        {
            work.Datastream.EndSealing(work.Block, work.Readings[^1]);
        }

        _stale.Enqueue(work.Datastream);
        CountUnsealed(-work.Readings.Length);
    }

    private void Return(SealWork work)
    {
        lock (work.Datastream.Gate)
        {
            CountUnsealed(-work.Block.ReturnSealing());
        }
    }

    // Names and latest readings must be in city.db before the journal that also has them goes.
    private bool Finish()
    {
        var streams = new HashSet<Datastream>();
        while (_stale.TryDequeue(out var stream))
        {
            streams.Add(stream);
        }

        try
        {
            if (streams.Count > 0)
            {
                SaveCatalogue(streams);
            }

            _core.Journal.Segments.Recycle(OldestNeeded());
            ForgetBatches();
            _core.Journal.Segments.PrepareSpare();
        }
        catch (IOException failure)
        {
            Failure = failure;
            foreach (var stream in streams)
            {
                _stale.Enqueue(stream);
            }

            return false;
        }

        Failure = null;
        return true;
    }

    private void ForgetBatches()
    {
        while (_announced.TryPeek(out var oldest) && oldest.Position <= _core.Journal.Segments.Start)
        {
            _forgetBefore = _announced.Dequeue().Batch + 1;
        }
    }

    private void SaveCatalogue(HashSet<Datastream> streams)
    {
        var rows = new List<Cities.CatalogueRow>(streams.Count);
        foreach (var stream in streams)
        {
            lock (stream.Gate)
            {
                rows.Add(stream.ToRow());
            }
        }

        rows.Sort((a, b) => a.Number.CompareTo(b.Number));
        _core.Names.Save(rows);
        _core.City.Write(database => rows.ForEach(row => Cities.DatastreamCatalogue.Save(database, row)));
    }
}
