using Quartier.Storage.Annotations;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;
using Quartier.Storage.Disk;
using Quartier.Storage.Journals;
using Quartier.Storage.Partitions;
using Quartier.Storage.Readings;
using Quartier.Storage.Retention;

namespace Quartier.Storage;

/// <summary>Opens all parts of a store in order and recovers what the last run left.</summary>
internal static class StoreOpening
{
    /// <summary>Opens.</summary>
    public static (StoreCore Core, Sealer Sealer) Open(IDisk disk, IDatabaseFiles files, StoreOptions options, TimeProvider time)
    {
        var setAside = new SetAsideList(disk);
        var datastreams = new DatastreamTable();
        var names = new DatastreamNames(disk, setAside);
        names.Load(datastreams);
        var city = CityDatabase.Open(files, setAside, options.Inline);
        PartitionSet? partitions = null;
        try
        {
            _ = city.Read(database =>
            {
                DatastreamCatalogue.Load(database, datastreams);
                ShorteningTable.Load(database, datastreams);
                return 0;
            });
            partitions = new PartitionSet(files, options.OpenPartitions, setAside);
            if (city.IsNew)
            {
                RestoreLatest(partitions, datastreams);
            }

            var recovery = new Recovery(disk, datastreams, partitions, city.Read(DroppedDays.Read));
            recovery.Run();
            return Assemble(disk, recovery, options, new StoreParts(time, setAside, datastreams, partitions, city, names, files));
        }
        catch
        {
            partitions?.Dispose();
            city.Dispose();
            throw;
        }
    }

    private static (StoreCore Core, Sealer Sealer) Assemble(IDisk disk, Recovery recovery, StoreOptions options, StoreParts parts)
    {
        var segments = new JournalSegments(disk, options.SegmentBytes);
        segments.SkipSequence(recovery.LastSequence);
        var counters = new StoreCounters();
        var journal = new Journal(segments, recovery.End, options, counters);
        var core = new StoreCore(
            options, counters, parts.Time, parts.SetAside, parts.Datastreams, journal, parts.Partitions, parts.City, parts.Names, disk, parts.Files);
        var sealer = new Sealer(core, recovery.Announced);
        sealer.CountUnsealed(recovery.OpenReadings);
        if (recovery.IsImperfect)
        {
            JournalRewrite.Run(disk, core, recovery.Segments);
        }
        else
        {
            Adopt(disk, segments, recovery);
        }

        foreach (var stream in parts.Datastreams.All)
        {
            sealer.EnqueueStale(stream);
            QueueOver(sealer, stream, options.BlockReadings);
        }

        return (core, sealer);
    }

    // What a killed process wrote may still be in the operating system's cache only.
    private static void Adopt(IDisk disk, JournalSegments segments, Recovery recovery)
    {
        foreach (var scanned in recovery.Segments)
        {
            using var file = disk.Open(scanned.Segment.Path);
            file.Flush();
            segments.Adopt(scanned.Segment);
        }
    }

    // Blocks that were due before the restart are due again.
    private static void QueueOver(Sealer sealer, Datastream stream, int blockReadings)
    {
        lock (stream.Gate)
        {
            var newest = int.MinValue;
            foreach (var block in stream.Open)
            {
                newest = Math.Max(newest, block.ExpiryDay);
            }

            foreach (var block in stream.Open)
            {
                if (block.ExpiryDay < newest || block.Active.Length >= blockReadings)
                {
                    sealer.Enqueue(stream, block);
                }
            }
        }
    }

    private static void RestoreLatest(PartitionSet partitions, DatastreamTable datastreams)
    {
        foreach (var day in partitions.Days)
        {
            RollUpTable.Restore(partitions.Query(day, [], RollUpTable.All), day, datastreams);
            foreach (var (datastream, _, _, _) in partitions.Query(day, [], AnnotationTable.Annotations.Summaries))
            {
                datastreams.Find(datastream)?.NoteAnnotated(day);
            }

            foreach (var (datastream, _, _, lastMs) in partitions.Query(day, [], AnnotationTable.Corrections.Summaries))
            {
                datastreams.Find(datastream)?.NoteCorrected(new(day, lastMs));
            }

            foreach (var block in partitions.LastBlocks(day))
            {
                if (datastreams.Find(block.Datastream) is { } stream)
                {
                    stream.NoteSealed(Blocks.BlockCodec.Decode(block)[^1], day);
                }
            }
        }
    }

    private sealed record StoreParts(
        TimeProvider Time,
        SetAsideList SetAside,
        DatastreamTable Datastreams,
        PartitionSet Partitions,
        CityDatabase City,
        DatastreamNames Names,
        IDatabaseFiles Files);
}
