using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;
using Quartier.Storage.Corrections;
using Quartier.Storage.Partitions;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Readings;

/// <summary>
/// Reads partitions and open blocks as one. Open readings are looked at first: what leaves them is in a partition before, so nothing
/// is missed, and what is seen twice is merged by time.
/// </summary>
internal sealed class SealedReadings(PartitionSet partitions)
{
    /// <summary>Days of history that one look-up of repeated readings brings: two months of daily files.</summary>
    private const int MostLoadDays = 64;

    /// <summary>Readings at which a look-up ends: a day at one a second is let through whole.</summary>
    private const int MostLoadReadings = 65_536;

    /// <summary>A look-up reads on to about this many readings: repeated readings come in order of time.</summary>
    private const int ReadAheadReadings = 2_048;

    private readonly DecodedBlocks _decoded = new();
    private readonly RollUpReader _rollUps = new(partitions);

    /// <summary>Readings in [fromMs, toMs) in order of time, at most so many.</summary>
    public IReadOnlyList<Reading> Range(Datastream stream, long fromMs, long toMs, int limit) => Undisturbed(() => Find_NeedsLayout(stream, fromMs, toMs, limit));

    /// <summary>Readings in [fromMs, toMs), the latest first, at most so many.</summary>
    public IReadOnlyList<Reading> RangeBack(Datastream stream, long fromMs, long toMs, int limit) =>
        Undisturbed(() => FindBack_NeedsLayout(stream, fromMs, toMs, limit));

    /// <summary>One row for each window that holds readings, or roll-ups of readings that are gone.</summary>
    public IReadOnlyList<AggregateRow> Aggregate_NeedsLayout(Datastream stream, AggregateRange range, CorrectedTimes corrections)
    {
        var sums = new WindowSums(range, corrections);
        RollUpRetentions kept;
        lock (stream.Gate)
        {
            sums.Open = stream.OpenWithin(range.FromMs, range.ToMs);
            sums.Retentions = stream.Retentions;
            sums.IsMoving = stream.IsMoving;
            kept = stream.RollUps;
        }

        // First: what is in force now has no readings left that could be counted below.
        foreach (var row in _rollUps.Read(kept, stream.Number, range))
        {
            sums.Add(row);
        }

        if (sums.IsMoving)
        {
            AddMerged(stream, range, sums);
        }
        else
        {
            AddBlocks(stream, range, sums);
        }

        return sums.Rows();
    }

    /// <summary>The sealed blocks from the day of fromMs on, to judge repeated readings: at least that whole day.</summary>
    public HistoryWindow Load(Datastream stream, long fromMs, long toMs) => Undisturbed(() => LoadBlocks(stream, fromMs, toMs));

    /// <summary>Days of event time in [fromMs, toMs) for which partitions exist, ascending.</summary>
    public IEnumerable<int> EventDays(int[] retentions, long fromMs, long toMs)
    {
        if (toMs <= fromMs)
        {
            return [];
        }

        var (first, last) = (EventDay.Of(Math.Max(fromMs, EventDay.EarliestMs)), EventDay.Of(Math.Min(toMs - 1, EventDay.LatestMs)));
        var days = partitions.Days;
        var found = retentions.SelectMany(r => days.Select(d => d - r)).Where(d => d >= first && d <= last);
        return retentions.Length == 1 ? found : found.Distinct().Order();
    }

    /// <summary>Sealed readings of one event day within [fromMs, toMs).</summary>
    public Reading[] ReadDay(int datastream, int day, int[] retentions, long fromMs, long toMs)
    {
        fromMs = Math.Max(fromMs, EventDay.StartMs(day));
        toMs = Math.Min(toMs, EventDay.StartMs(day + 1));
        Reading[] found = [];
        foreach (var retention in retentions)
        {
            var blocks = partitions.Read(day + retention, datastream, fromMs, toMs);
            blocks.Sort((a, b) => a.FirstMs.CompareTo(b.FirstMs));
            foreach (var block in blocks)
            {
                found = Merging.Merge(found, Merging.Within(BlockCodec.Decode(block), fromMs, toMs));
            }
        }

        return found;
    }

    /// <summary>As <see cref="Range"/>.</summary>
    public List<Reading> Find_NeedsLayout(Datastream stream, long fromMs, long toMs, int limit)
    {
        Reading[] open;
        int[] retentions;
        lock (stream.Gate)
        {
            open = stream.OpenWithin(fromMs, toMs);
            retentions = stream.Retentions;
            if (fromMs > stream.SealedLastMs)
            {
                return [.. open.Length <= limit ? open : open[..limit]];
            }
        }

        var found = new List<Reading>();
        var reachedMs = fromMs;
        foreach (var day in EventDays(retentions, fromMs, toMs))
        {
            if (found.Count >= limit)
            {
                break;
            }

            var endMs = Math.Min(toMs, EventDay.StartMs(day + 1));
            found.AddRange(Merging.Merge(ReadDay(stream.Number, day, retentions, fromMs, endMs), Merging.Within(open, reachedMs, endMs)));
            reachedMs = endMs;
        }

        found.AddRange(Merging.Within(open, reachedMs, toMs));
        return found.Count <= limit ? found : found.GetRange(0, limit);
    }

    /// <summary>As <see cref="RangeBack"/>.</summary>
    public List<Reading> FindBack_NeedsLayout(Datastream stream, long fromMs, long toMs, int limit)
    {
        Reading[] open;
        int[] retentions;
        long sealedLastMs;
        lock (stream.Gate)
        {
            open = stream.OpenWithin(fromMs, toMs);
            (retentions, sealedLastMs) = (stream.Retentions, stream.SealedLastMs);
        }

        var found = new List<Reading>();
        var reachedMs = toMs;
        foreach (var day in EventDays(retentions, fromMs, Math.Min(toMs, sealedLastMs == long.MaxValue ? toMs : sealedLastMs + 1)).Reverse())
        {
            // What is open beyond the day comes first; it may be enough.
            var startMs = Math.Max(fromMs, EventDay.StartMs(day));
            var endMs = EventDay.StartMs(day + 1);
            AddBack(found, Merging.Within(open, Math.Min(endMs, reachedMs), reachedMs), limit);
            if (found.Count >= limit)
            {
                return found;
            }

            endMs = Math.Min(endMs, reachedMs);
            AddBack(found, Merging.Merge(ReadDay(stream.Number, day, retentions, fromMs, endMs), Merging.Within(open, startMs, endMs)), limit);
            reachedMs = startMs;
        }

        AddBack(found, Merging.Within(open, fromMs, reachedMs), limit);
        return found;
    }

    private static void AddBack(List<Reading> found, ReadOnlySpan<Reading> ascending, int limit)
    {
        for (var i = ascending.Length - 1; i >= 0 && found.Count < limit; i--)
        {
            found.Add(ascending[i]);
        }
    }

    private HistoryWindow LoadBlocks(Datastream stream, long fromMs, long toMs)
    {
        int[] retentions;
        long sealedLastMs;
        lock (stream.Gate)
        {
            (retentions, sealedLastMs) = (stream.Retentions, stream.SealedLastMs);
        }

        var blocks = new List<(Block Block, int ExpiryDay)>();
        var startMs = EventDay.StartMs(EventDay.Of(fromMs));
        var endMs = EventDay.StartMs(EventDay.Of(Math.Max(toMs - 1, fromMs)) + 1);
        var lastMs = Math.Max(endMs, sealedLastMs + 1);
        var (days, readings) = (0, 0L);
        foreach (var day in EventDays(retentions, startMs, lastMs))
        {
            var dayMs = EventDay.StartMs(day);
            var isEnough = readings >= (dayMs >= endMs ? ReadAheadReadings : MostLoadReadings);
            if (isEnough || days++ >= MostLoadDays)
            {
                return new HistoryWindow(startMs, dayMs, [.. blocks], _decoded);
            }

            foreach (var expiryDay in retentions.Select(r => day + r))
            {
                var found = partitions.Read(expiryDay, stream.Number, dayMs, EventDay.StartMs(day + 1));
                readings += found.Sum(b => (long)b.Count);
                blocks.AddRange(found.Select(b => (b, expiryDay)));
            }
        }

        return new HistoryWindow(startMs, lastMs, [.. blocks], _decoded);
    }

    private void AddBlocks(Datastream stream, AggregateRange range, WindowSums sums)
    {
        var expiryDays = EventDays(sums.Retentions, range.FromMs, range.ToMs).SelectMany(d => sums.Retentions.Select(r => d + r)).Distinct();
        foreach (var block in expiryDays.SelectMany(d => partitions.Read(d, stream.Number, range.FromMs, range.ToMs)))
        {
            sums.Add(block);
        }

        sums.AddOpen();
    }

    // A reading may stand in two files while a shorter retention is being applied.
    private void AddMerged(Datastream stream, AggregateRange range, WindowSums sums)
    {
        foreach (var day in EventDays(sums.Retentions, range.FromMs, range.ToMs).ToList())
        {
            foreach (var reading in ReadDay(stream.Number, day, sums.Retentions, range.FromMs, range.ToMs))
            {
                sums.Add(reading);
            }
        }

        sums.AddOpen();
    }

    /// <summary>Reads while no file goes and nothing moves from one to another.</summary>
    public T Undisturbed<T>(Func<T> read)
    {
        partitions.Layout.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            partitions.Layout.ExitReadLock();
        }
    }
}
