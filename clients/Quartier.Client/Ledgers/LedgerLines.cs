namespace Quartier.Client.Ledgers;

/// <summary>The lines of an export, each with a zero byte before it: so a line can be hashed as a leaf where it lies.</summary>
internal sealed class LedgerLines(Stream stream)
{
    /// <summary>A longer line is no entry.</summary>
    private const int LineMax = 1 << 20;

    private byte[] _buffer = new byte[256 << 10];
    private int _start = 1;
    private int _end = 1;

    /// <summary>Whether bytes without a newline are left at the end.</summary>
    public bool IsCut => _end > _start;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line in the buffer, or nothing when more must be read first.</summary>
    public bool TryNext(out Span<byte> prefixed)
    {
        var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        if (newline < 0)
        {
            prefixed = default;
            return false;
        }

        // The byte before is the newline of the line before, or the first of the buffer.
        _buffer[_start - 1] = 0;
        prefixed = _buffer.AsSpan(_start - 1, newline + 1);
        _start += newline + 1;
        Number++;
        return true;
    }

    /// <summary>Reads more; false at the end.</summary>
    /// <exception cref="InvalidDataException">A line is longer than any entry.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        var left = _end - _start;
        _buffer.AsSpan(_start, left).CopyTo(_buffer.AsSpan(1));
        (_start, _end) = (1, 1 + left);
        if (_end == _buffer.Length)
        {
            if (left > LineMax)
            {
                throw new InvalidDataException($"line {Number + 1} is longer than {LineMax} bytes, which no entry is");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
        _end += count;
        return count > 0;
    }
}
