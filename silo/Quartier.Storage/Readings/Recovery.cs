using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;
using Quartier.Storage.Corrections;
using Quartier.Storage.Disk;
using Quartier.Storage.Journals;
using Quartier.Storage.Partitions;

namespace Quartier.Storage.Readings;

/// <summary>
/// Brings memory back to where the disk stands. First all files are looked through for seal intents and damage, then the readings
/// are replayed, except those that a partition already has.
/// </summary>
internal sealed class Recovery(IDisk disk, DatastreamTable datastreams, PartitionSet partitions, int droppedBefore)
{
    private readonly List<ScannedSegment> _segments = [];
    private readonly Dictionary<(int Datastream, int Day), long> _sealedUpTo = [];
    private readonly Dictionary<(string Name, ScannedFrame Frame), int> _lostBytes = [];
    private readonly HashSet<int> _nameless = [];

    /// <summary>The next position.</summary>
    public long End { get; private set; } = 1;

    /// <summary>The seal batches that the journal mentions.</summary>
    public List<(long Batch, long Position)> Announced { get; } = [];

    /// <summary>Readings that are open after the replay.</summary>
    public int OpenReadings { get; private set; }

    /// <summary>Greatest file number seen.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Files with frames, in order.</summary>
    public IReadOnlyList<ScannedSegment> Segments => _segments;

    /// <summary>Parts of the journal are missing or damaged, be it only by a torn last write.</summary>
    public bool IsImperfect => _lostBytes.Count > 0 || _nameless.Count > 0
        || _segments.Exists(s => s.Damage.Count > 0) || JournalScan.Holes(_segments.SelectMany(s => s.Frames)).Count > 0;

    /// <summary>Reads the journal into the table.</summary>
    public void Run()
    {
        foreach (var name in disk.List(JournalFormat.Folder))
        {
            Scan(name);
        }

        foreach (var segment in _segments)
        {
            Replay(segment);
        }

        NameDamage();
    }

    private void Scan(string name)
    {
        var path = $"{JournalFormat.Folder}/{name}";
        var bytes = JournalScan.ReadAll(disk, path);
        var scanned = JournalScan.Scan(name, bytes);
        LastSequence = Math.Max(LastSequence, scanned.Segment.Sequence);
        if (scanned.IsUnused)
        {
            disk.Delete(path);
            return;
        }

        _segments.Add(scanned);
        End = Math.Max(End, scanned.Segment.End);
        var entries = new List<SealedUpTo>();
        foreach (var frame in scanned.Frames)
        {
            var lost = JournalScan.Records(bytes, frame, (position, payload) =>
            {
                if (RecordReader.KindOf(payload) == RecordKind.SealIntent)
                {
                    var (batch, day) = RecordReader.Intent(payload, entries);
                    Note(batch, day, position, entries);
                }
            });
            if (lost > 0)
            {
                _lostBytes[(name, frame)] = lost;
            }
        }
    }

    private void Note(long batch, int day, long position, List<SealedUpTo> entries)
    {
        Announced.Add((batch, position));
        if (!partitions.HasBatch(day, batch))
        {
            return;
        }

        foreach (var (datastream, upTo) in entries)
        {
            _sealedUpTo[(datastream, day)] = Math.Max(upTo, _sealedUpTo.GetValueOrDefault((datastream, day)));
        }
    }

    private void Replay(ScannedSegment scanned)
    {
        var bytes = JournalScan.ReadAll(disk, scanned.Segment.Path);
        var readings = new List<Reading>();
        var annotations = new List<byte[]>();
        foreach (var frame in scanned.Frames)
        {
            JournalScan.Records(bytes, frame, (position, payload) =>
            {
                switch (RecordReader.KindOf(payload))
                {
                    case RecordKind.Datastream:
                        var (number, key, retention) = RecordReader.Datastream(payload);
                        datastreams.Restore(number, key)?.SetRetention(retention);
                        break;
                    case RecordKind.Readings or RecordKind.Annotated or RecordKind.Corrected:
                        var (datastream, days) = RecordReader.Readings(payload, readings, annotations);
                        Replay(scanned.Segment, new Found(RecordReader.KindOf(payload), position, datastream, days), readings, annotations);
                        break;
                    case RecordKind.SealIntent:
                        break;
                    default:
                        throw new StoreException(
                            $"{scanned.Name} holds records of kind {payload[0]}, which this program does not know. Use the newer program that wrote them.");
                }
            });
        }
    }

    private void Replay(Segment segment, Found record, List<Reading> readings, List<byte[]> annotations)
    {
        datastreams.Skip(record.Datastream);
        var stream = datastreams.Find(record.Datastream);
        if (stream is null)
        {
            _nameless.Add(record.Datastream);
            return;
        }

        stream.LastTicket = Math.Max(stream.LastTicket, record.Position + 1);
        for (var i = 0; i < readings.Count; i++)
        {
            var reading = readings[i];
            var day = EventDay.Of(reading.TimeMs) + record.RetentionDays;
            segment.FirstExpiryDay = Math.Min(segment.FirstExpiryDay, day);
            if (day < droppedBefore)
            {
                continue;
            }

            var isSealed = record.Position < _sealedUpTo.GetValueOrDefault((record.Datastream, day));
            Replay(stream, reading, day, isSealed ? null : record.Position);
            if (record.Kind == RecordKind.Corrected)
            {
                stream.Replay(CorrectionCodec.Row(reading.TimeMs, annotations[i]), day, isSealed);
            }
            else if (annotations.Count > 0)
            {
                Replay(stream, new AnnotationRow(reading.TimeMs, reading.Value, annotations[i]), day, isSealed);
            }
        }
    }

    private void Replay(Datastream stream, in Reading reading, int day, long? position)
    {
        if (position is { } open)
        {
            stream.Replay(reading, day, open, out var grown);
            OpenReadings += grown is null ? 0 : 1;
        }
        else
        {
            stream.NoteSealed(reading, day);
        }
    }

    private static void Replay(Datastream stream, in AnnotationRow row, int day, bool isSealed)
    {
        if (isSealed)
        {
            stream.NoteAnnotated(day);
        }
        else
        {
            stream.Replay(row, day);
        }
    }

    // Only what lies before a position that some frame knew to be durable can be a loss; beyond it nothing was acknowledged. What a failed write
    // tore was written again, to another file.
    private void NameDamage()
    {
        var frames = _segments.SelectMany(s => s.Frames).ToList();
        var durable = frames.Count > 0 ? frames.Max(f => f.Header.Durable) : 0;
        var whole = _segments.SelectMany(s => s.Frames.Where(f => !_lostBytes.ContainsKey((s.Name, f)))).Select(f => f.Header.Position).ToHashSet();
        foreach (var segment in _segments)
        {
            foreach (var frame in segment.Frames.Where(f => f.Header.Position < durable && !whole.Contains(f.Header.Position)))
            {
                segment.Damage.Add($"{_lostBytes[(segment.Name, frame)]} bytes of records at {frame.Header.Position} are lost");
            }
        }

        foreach (var (from, to) in JournalScan.Holes(frames).Where(h => h.From < durable))
        {
            var holder = _segments.Where(s => s.Segment.Start <= from).MaxBy(s => s.Segment.Start) ?? _segments[0];
            holder.Damage.Add($"{to - from} bytes from {from} are lost");
        }
    }

    private readonly record struct Found(RecordKind Kind, long Position, int Datastream, int RetentionDays);
}
