using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;
using Quartier.Storage.Partitions;

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

    /// <summary>Readings in [fromMs, toMs) in order of time, at most so many.</summary>
    public IReadOnlyList<Reading> Range(Datastream stream, long fromMs, long toMs, int limit)
    {
        Reading[] open;
        int[] retentions;
        lock (stream.Gate)
        {
            open = stream.OpenWithin(fromMs, toMs);
            retentions = stream.Retentions;
            if (fromMs > stream.SealedLastMs)
            {
                return open.Length <= limit ? open : open[..limit];
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

    /// <summary>One row for each window that holds readings.</summary>
    public IReadOnlyList<AggregateRow> Aggregate(Datastream stream, long fromMs, long toMs, long windowMs, long originMs)
    {
        Reading[] open;
        int[] retentions;
        lock (stream.Gate)
        {
            open = stream.OpenWithin(fromMs, toMs);
            retentions = stream.Retentions;
        }

        var windows = new Dictionary<long, WindowSum>();
        var expiryDays = EventDays(retentions, fromMs, toMs).SelectMany(d => retentions.Select(r => d + r)).Distinct();
        foreach (var block in expiryDays.SelectMany(d => partitions.Read(d, stream.Number, fromMs, toMs)))
        {
            var isWhole = block.FirstMs >= fromMs && block.LastMs < toMs;
            var window = WindowOf(block.FirstMs, windowMs, originMs);
            if (isWhole && window == WindowOf(block.LastMs, windowMs, originMs) && Merging.Within(open, block.FirstMs, block.LastMs + 1).IsEmpty)
            {
                At(windows, window).Add(block);
                continue;
            }

            foreach (var reading in Merging.Within(BlockCodec.Decode(block), fromMs, toMs))
            {
                Add(reading);
            }
        }

        foreach (var reading in open)
        {
            At(windows, WindowOf(reading.TimeMs, windowMs, originMs)).Add(reading);
        }

        return [.. windows.OrderBy(w => w.Key).Select(w => w.Value.ToRow(originMs + (w.Key * windowMs), originMs + ((w.Key + 1) * windowMs)))];

        void Add(in Reading reading)
        {
            var at = Merging.LowerBound(open, reading.TimeMs);
            if (at < open.Length && open[at].TimeMs == reading.TimeMs)
            {
                open[at] = Merging.Merge(reading, open[at]);
                return;
            }

            At(windows, WindowOf(reading.TimeMs, windowMs, originMs)).Add(reading);
        }
    }

    /// <summary>The sealed readings from the day of fromMs on, to judge repeated ones: at least that whole day.</summary>
    public HistoryWindow Load(Datastream stream, long fromMs, long toMs)
    {
        int[] retentions;
        long sealedLastMs;
        lock (stream.Gate)
        {
            (retentions, sealedLastMs) = (stream.Retentions, stream.SealedLastMs);
        }

        var readings = new List<Reading>();
        var expiryDays = new List<int>();
        var startMs = EventDay.StartMs(EventDay.Of(fromMs));
        var endMs = EventDay.StartMs(EventDay.Of(Math.Max(toMs - 1, fromMs)) + 1);
        var days = 0;
        foreach (var day in EventDays(retentions, startMs, Math.Max(endMs, sealedLastMs + 1)))
        {
            var dayMs = EventDay.StartMs(day);
            var isEnough = dayMs >= endMs ? readings.Count >= ReadAheadReadings : readings.Count >= MostLoadReadings;
            if (isEnough || days++ >= MostLoadDays)
            {
                return new HistoryWindow(startMs, dayMs, [.. readings], [.. expiryDays]);
            }

            foreach (var retention in retentions)
            {
                AddPart(retention, day);
            }
        }

        return new HistoryWindow(startMs, Math.Max(endMs, sealedLastMs + 1), [.. readings], [.. expiryDays]);

        void AddPart(int retention, int day)
        {
            var part = ReadDay(stream.Number, day, [retention], EventDay.StartMs(day), EventDay.StartMs(day + 1));
            Insert(readings, expiryDays, part, day + retention);
        }
    }

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

    private static void Insert(List<Reading> readings, List<int> expiryDays, Reading[] part, int expiryDay)
    {
        foreach (var reading in part)
        {
            var at = readings.Count;
            while (at > 0 && readings[at - 1].TimeMs > reading.TimeMs)
            {
                at--;
            }

            readings.Insert(at, reading);
            expiryDays.Insert(at, expiryDay);
        }
    }

    private static long WindowOf(long timeMs, long windowMs, long originMs)
    {
        var (quotient, remainder) = Math.DivRem(timeMs - originMs, windowMs);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    private static WindowSum At(Dictionary<long, WindowSum> windows, long window)
    {
        if (!windows.TryGetValue(window, out var sum))
        {
            sum = new WindowSum();
            windows.Add(window, sum);
        }

        return sum;
    }
}
