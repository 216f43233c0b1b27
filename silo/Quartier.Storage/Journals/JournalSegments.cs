using Quartier.Storage.Disk;

namespace Quartier.Storage.Journals;

/// <summary>The journal's files: the one being written, those still needed, and one allocated ahead.</summary>
internal sealed class JournalSegments(IDisk disk, int segmentBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Segment> _live = [];
    private Segment? _active;
    private Segment? _spare;
    private long _nextSequence = 1;
    private bool _headerDue;

    /// <summary>Bytes of the positions still needed.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_gate)
            {
                return _live.Sum(s => s.End - s.Start);
            }
        }
    }

    /// <summary>The journal holds nothing from before this position.</summary>
    public long Start
    {
        get
        {
            lock (_gate)
            {
                return _live.Count > 0 ? _live.Min(s => s.Start) : long.MaxValue;
            }
        }
    }

    /// <summary>Takes over a file from before the start.</summary>
    public void Adopt(Segment segment)
    {
        lock (_gate)
        {
            _live.Add(segment);
        }
    }

    /// <summary>Never uses a file name up to this one again.</summary>
    public void SkipSequence(long sequence) => _nextSequence = Math.Max(_nextSequence, sequence + 1);

    /// <summary>Writes a frame; durable after <see cref="Flush"/>. For the journal's writer only.</summary>
    public void Write(JournalChunk chunk, long durable)
    {
        var frame = chunk.Frame;
        JournalFormat.WriteFrameHeader(frame, chunk.Start, durable);
        if (_active is null || _active.Offset + frame.Length > segmentBytes)
        {
            Rotate(chunk.Start);
        }

        var segment = _active!;
        if (_headerDue)
        {
            Span<byte> header = stackalloc byte[JournalFormat.SegmentHeaderBytes];
            JournalFormat.WriteSegmentHeader(header, segment.Sequence, segment.Start);
            segment.File!.Write(0, header);
            _headerDue = false;
        }

        segment.File!.Write(segment.Offset, frame);
        segment.Offset += frame.Length;
        lock (_gate)
        {
            segment.End = chunk.End;
            segment.FirstExpiryDay = Math.Min(segment.FirstExpiryDay, chunk.FirstExpiryDay);
        }
    }

    /// <summary>Makes all frames durable.</summary>
    public void Flush() => _active?.File!.Flush();

    /// <summary>Leaves the file being written after a failed write or sync, whose effect is unknown. It goes when nothing in it was durable.</summary>
    public void Abandon(long durable)
    {
        var segment = _active;
        Leave();
        if (segment is null || segment.Start < durable)
        {
            return;
        }

        try
        {
            disk.Delete(segment.Path);
        }
        catch (IOException)
        {
            // It stays until it is recycled: what it holds is written again elsewhere, and having both changes nothing.
            return;
        }

        lock (_gate)
        {
            _live.Remove(segment);
        }
    }

    /// <summary>Leaves the file being written: the next frame begins a new one.</summary>
    public void Leave()
    {
        _active?.File!.Dispose();
        if (_active is not null)
        {
            _active.File = null;
        }

        _active = null;
    }

    /// <summary>Allocates the next file ahead, so that the writer does not wait for it.</summary>
    public void PrepareSpare()
    {
        if (_spare is null)
        {
            var spare = Allocate();
            if (Interlocked.CompareExchange(ref _spare, spare, null) is not null)
            {
                Discard(spare);
            }
        }
    }

    /// <summary>Removes every file that holds nothing from the position on. Their content goes with them: new files are written with zeros first.</summary>
    public void Recycle(long oldestNeeded)
    {
        List<Segment> done;
        lock (_gate)
        {
            done = _live.Where(s => s != _active && s.End <= oldestNeeded).ToList();
        }

        foreach (var segment in done)
        {
            disk.Delete(segment.Path);
            lock (_gate)
            {
                _live.Remove(segment);
            }
        }
    }

    /// <summary>Paths of all files but the one being written and the one allocated ahead.</summary>
    public IReadOnlyList<string> Resting()
    {
        var names = disk.List(JournalFormat.Folder);
        lock (_gate)
        {
            var busy = (string?[])[_active?.Path, _spare?.Path];
            return [.. names.Select(n => $"{JournalFormat.Folder}/{n}").Where(p => !busy.Contains(p, StringComparer.Ordinal))];
        }
    }

    /// <summary>Whether a file holds readings that expire before the day.</summary>
    public bool HoldsExpiredBefore(int day)
    {
        lock (_gate)
        {
            return _live.Exists(s => s.FirstExpiryDay < day);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Leave();
        if (_spare is { } spare)
        {
            _spare = null;
            Discard(spare);
        }
    }

    private void Rotate(long start)
    {
        _active?.File!.Flush();
        Leave();
        var next = Interlocked.Exchange(ref _spare, null) ?? Allocate();
        var segment = new Segment(next.Sequence, start) { File = next.File };
        _headerDue = true;
        lock (_gate)
        {
            _live.Add(segment);
            _active = segment;
        }
    }

    private Segment Allocate()
    {
        long sequence;
        lock (_gate)
        {
            sequence = _nextSequence++;
        }

        return new Segment(sequence, 0) { File = disk.Create(JournalFormat.SegmentPath(sequence), segmentBytes) };
    }

    private void Discard(Segment segment)
    {
        segment.File!.Dispose();
        disk.Delete(segment.Path);
    }
}
