using Quartier.Storage.Disk;

namespace Quartier.Storage.Ledgers;

/// <summary>Reads the lines of one file, a block at a time.</summary>
internal sealed class LineReader(IDiskFile file, long offset, long end)
{
    /// <summary>Bytes read at once: large enough to be quick, and grown only for a line that is longer.</summary>
    private const int BlockBytes = 256 << 10;

    private byte[] _buffer = new byte[(int)Math.Min(BlockBytes, Math.Max(end - offset, 1))];
    private long _read = offset;
    private int _start;
    private int _filled;

    /// <summary>Where the next line begins.</summary>
    public long Offset => _read - (_filled - _start);

    /// <summary>The next line without its newline, valid until the next call; false at the end, and when what is left has no newline.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        var searched = _start;
        while (true)
        {
            var newline = _buffer.AsSpan(searched, _filled - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = _buffer.AsSpan(_start, searched + newline - _start);
                _start = searched + newline + 1;
                return true;
            }

            searched = _filled - _start;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
        (_filled, _start) = (_filled - _start, 0);
        if (_filled == _buffer.Length)
        {
            if (_filled > Domain.Ledgers.EntryLine.BytesMax)
            {
                // No entry is that long: what follows is none.
                return false;
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = file.Read(_read, _buffer.AsSpan(_filled, (int)Math.Min(_buffer.Length - _filled, end - _read)));
        _read += count;
        _filled += count;
        return count > 0;
    }
}
