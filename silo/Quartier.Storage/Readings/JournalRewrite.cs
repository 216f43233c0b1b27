using Quartier.Contracts.Readings;
using Quartier.Storage.Disk;
using Quartier.Storage.Journals;

namespace Quartier.Storage.Readings;

/// <summary>
/// After a torn write or damage: everything open is written to a fresh journal file, then the old files go, the damaged ones to
/// set-aside/. Until then the old ones count, and having both changes nothing.
/// </summary>
internal static class JournalRewrite
{
    /// <summary>Rewrites.</summary>
    /// <exception cref="StoreException">The disk refused; the old files are untouched.</exception>
    public static void Run(IDisk disk, StoreCore core, IReadOnlyList<ScannedSegment> old)
    {
        var records = new RecordWriter();
        core.Journal.ClaimsDurable = false;
        foreach (var stream in core.Datastreams.All)
        {
            Rewrite(stream, core.Journal, records);
        }

        if (!core.Journal.Flush())
        {
            throw new StoreException($"The journal cannot be repaired: {core.Journal.Failure!.Message} Free space on the disk and start again.", core.Journal.Failure);
        }

        core.Journal.ClaimsDurable = true;
        foreach (var segment in old)
        {
            Retire(disk, core.SetAside, segment);
        }
    }

    private static void Rewrite(Datastream stream, Journal journal, RecordWriter records)
    {
        records.Clear();
        foreach (var days in stream.Retentions)
        {
            records.AddDatastream(stream.Number, stream.Key, days);
        }

        foreach (var block in stream.Open)
        {
            foreach (var reading in block.Active)
            {
                Add(records, stream, block, reading);
                if (records.Length > journal.MostAppendBytes / 2)
                {
                    stream.LastTicket = journal.Append(records.Finish(), records.FirstExpiryDay);
                    records.Clear();
                }
            }
        }

        if (records.Length > 0)
        {
            stream.LastTicket = journal.Append(records.Finish(), records.FirstExpiryDay);
        }
    }

    // An annotation of another value does not belong to the reading any more.
    private static void Add(RecordWriter records, Datastream stream, OpenBlock block, in Reading reading)
    {
        var days = block.ExpiryDay - EventDay.Of(reading.TimeMs);
        if (block.Annotations?.At(reading.TimeMs) is { } row && row.Value == reading.Value)
        {
            records.AddAnnotated(stream.Number, days, reading, row.Data);
        }
        else
        {
            records.Add(stream.Number, days, reading);
        }

        if (block.Corrections?.At(reading.TimeMs) is { } correction)
        {
            records.AddCorrected(stream.Number, days, reading, correction.Data);
        }
    }

    private static void Retire(IDisk disk, SetAsideList setAside, ScannedSegment segment)
    {
        var path = $"{JournalFormat.Folder}/{segment.Name}";
        if (segment.Damage.Count == 0)
        {
            disk.Delete(path);
            return;
        }

        var aside = $"{SetAsideList.Folder}/{segment.Name}";
        disk.Move(path, aside);
        setAside.Add($"{aside}: {string.Join("; ", segment.Damage)}. Every intact record was kept.");
    }
}
