using Quartier.Storage.Disk;

namespace Quartier.Storage.Ledgers;

/// <summary>The files that hold a city's entries. The newest is open; only whole pieces that reached the disk count.</summary>
internal sealed class LedgerSegments(IDisk disk, string city, long segmentBytes) : IDisposable
{
    private readonly List<LedgerSegment> _segments = [];
    private IDiskFile? _newest;
    private bool _isUnclean;

    /// <summary>All segments, oldest first.</summary>
    public IReadOnlyList<LedgerSegment> All => _segments;

    /// <summary>Takes over a file of an earlier run.</summary>
    public void Adopt(LedgerSegment segment)
    {
        _newest?.Dispose();
        _segments.Add(segment);
        _newest = disk.Open(segment.Path);

        // What lies behind the counted bytes, or is in the system's cache only, is settled before the next write.
        _isUnclean = true;
    }

    /// <summary>Brings the files to exactly what counts.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Settle()
    {
        if (_isUnclean && _newest is not null)
        {
            if (_newest.Length != _segments[^1].Bytes)
            {
                _newest.Truncate(_segments[^1].Bytes);
            }

            _newest.Flush();
        }

        _isUnclean = false;
    }

    /// <summary>Where the next entry will begin.</summary>
    /// <param name="next">Index of the next entry: it names a new segment.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public LinePlace Prepare(long next)
    {
        Settle();
        if (_newest is null || _segments[^1].Bytes >= segmentBytes)
        {
            var path = LedgerPaths.Segment(city, next);
            var file = disk.Create(path, 0);
            _newest?.Dispose();
            _newest = file;
            _segments.Add(new LedgerSegment(path, next));
        }

        return new LinePlace(_segments.Count - 1, _segments[^1].Bytes);
    }

    /// <summary>Writes whole lines behind the last; durable on return. After a failure nothing was appended.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        _isUnclean = true;
        _newest!.Write(_segments[^1].Bytes, lines);
        _newest.Flush();
        _segments[^1].Bytes += lines.Length;
        _isUnclean = false;
    }

    /// <summary>Reads lines from a place on until the visitor has enough.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Read(LinePlace place, LineVisitor visit)
    {
        for (var number = place.Segment; number < _segments.Count; number++)
        {
            var segment = _segments[number];
            var isNewest = number == _segments.Count - 1;
            var file = isNewest ? _newest! : disk.Open(segment.Path);
            try
            {
                if (!Visit(new LineReader(file, number == place.Segment ? place.Offset : 0, segment.Bytes), visit))
                {
                    return;
                }
            }
            finally
            {
                if (!isNewest)
                {
                    file.Dispose();
                }
            }
        }
    }

    private static bool Visit(LineReader reader, LineVisitor visit)
    {
        while (reader.TryNext(out var line))
        {
            if (!visit(line))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _newest?.Dispose();
}
