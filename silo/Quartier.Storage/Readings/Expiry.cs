using Quartier.Contracts.Readings;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Readings;

/// <summary>Drops what has expired: the partitions, and what memory, journal and catalogue still have of it.</summary>
internal sealed class Expiry(StoreCore core, Sealer sealer, SealedReadings readings)
{
    /// <summary>Drops everything whose expiry day lies before the day.</summary>
    /// <exception cref="StoreException">The disk refused; what is left is dropped by the next call.</exception>
    public DeletionManifest DeleteBefore(int day)
    {
        try
        {
            new Shortening(core, sealer).Resume();
            core.City.Write(database => DroppedDays.Note(database, day));
            var manifest = sealer.Exclusively(() => Drop(day));
            PurgeJournal(day);
            new Leftovers(core.Disk).Delete(day);
            return manifest;
        }
        catch (IOException failure)
        {
            throw new StoreException($"Expired readings could not all be deleted: {failure.Message} Free space or repair the disk; deletion is tried again.", failure);
        }
    }

    private DeletionManifest Drop(int day)
    {
        var dropped = new SortedSet<int>();
        var count = 0L;
        foreach (var stream in core.Datastreams.All)
        {
            count += DropOpen(stream, day, dropped);
        }

        foreach (var expired in core.Partitions.Days.TakeWhile(d => d < day))
        {
            count += core.Partitions.Describe(expired).Readings;
            core.Partitions.Drop(expired);
            dropped.Add(expired);
        }

        foreach (var stream in core.Datastreams.All)
        {
            ForgetLatest(stream, day);
        }

        return new DeletionManifest([.. dropped.Select(EventDay.Name)], count);
    }

    // Readings that override sealed ones are counted with the partition.
    private long DropOpen(Datastream stream, int day, SortedSet<int> dropped)
    {
        var expired = new List<(int Day, Reading[] Readings)>();
        lock (stream.Gate)
        {
            foreach (var block in stream.Open.ToArray().Where(b => b.ExpiryDay < day))
            {
                expired.Add((block.ExpiryDay, block.Drop()));
                stream.Remove(block);
            }
        }

        var count = 0L;
        foreach (var (expiryDay, open) in expired.Where(e => e.Readings.Length > 0))
        {
            sealer.CountUnsealed(-open.Length);
            dropped.Add(expiryDay);
            var known = core.Partitions.Read(expiryDay, stream.Number, open[0].TimeMs, open[^1].TimeMs + 1)
                .SelectMany(Blocks.BlockCodec.Decode).Select(r => r.TimeMs).ToHashSet();
            count += open.Count(r => !known.Contains(r.TimeMs));
        }

        return count;
    }

    private void ForgetLatest(Datastream stream, int day)
    {
        lock (stream.Gate)
        {
            stream.ForgetAnnotatedBefore(day);
            if (stream.Latest is null || stream.LatestExpiryDay >= day)
            {
                // Sealed readings may be gone although the latest is not: what was looked up is void.
                stream.SealedChanged(long.MinValue);
                return;
            }

            var (latest, expiryDay) = stream.Retentions.Length == 1 ? (null, 0) : FindLatest(stream);
            stream.ReplaceLatest(latest, expiryDay);
            if (latest is null)
            {
                stream.NothingSealed();
            }
        }

        sealer.EnqueueStale(stream);
    }

    // With one retention nothing outlives the latest reading. After a change, older readings may.
    private (Reading? Reading, int ExpiryDay) FindLatest(Datastream stream)
    {
        var open = stream.OpenWithin(long.MinValue, long.MaxValue);
        (Reading? Reading, int ExpiryDay) latest = (null, 0);
        foreach (var day in readings.EventDays(stream.Retentions, EventDay.EarliestMs, EventDay.LatestMs).Reverse())
        {
            foreach (var retention in stream.Retentions)
            {
                var found = readings.ReadDay(stream.Number, day, [retention], long.MinValue, long.MaxValue);
                if (found.Length > 0 && (latest.Reading is not { } known || known.TimeMs < found[^1].TimeMs))
                {
                    latest = (found[^1], day + retention);
                }
            }

            if (latest.Reading is not null)
            {
                break;
            }
        }

        return open.Length > 0 && (latest.Reading is not { } last || last.TimeMs <= open[^1].TimeMs)
            ? (open[^1], ExpiryOf(stream, open[^1]))
            : latest;
    }

    private static int ExpiryOf(Datastream stream, in Reading reading)
    {
        foreach (var block in stream.Open)
        {
            if (block.TryFind(reading.TimeMs, out _))
            {
                return block.ExpiryDay;
            }
        }

        throw new InvalidOperationException($"Reading {reading} of {stream.Key} is open in no block.");
    }

    // Files that hold expired readings are given up: the rest of what they hold is sealed first.
    private void PurgeJournal(int day)
    {
        if (!core.Journal.FlushAndRotate())
        {
            throw core.Journal.Failure!;
        }

        if (core.Journal.Segments.HoldsExpiredBefore(day) && !sealer.SealBefore(core.Journal.End))
        {
            throw sealer.Failure ?? new IOException("The journal could not be given up.");
        }

        if (!sealer.SealBefore(0))
        {
            throw sealer.Failure!;
        }
    }
}
