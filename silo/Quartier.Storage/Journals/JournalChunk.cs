namespace Quartier.Storage.Journals;

/// <summary>A frame in the making: room for its header, then records.</summary>
internal sealed class JournalChunk(int bytes)
{
    private readonly byte[] _buffer = new byte[bytes];
    private int _length;

    /// <summary>Position of the frame's first byte.</summary>
    public long Start { get; private set; }

    /// <summary>Position after its last byte.</summary>
    public long End => Start + _length;

    /// <summary>Earliest expiry day of the readings in it.</summary>
    public int FirstExpiryDay { get; private set; }

    /// <summary>The whole frame.</summary>
    public Span<byte> Frame => _buffer.AsSpan(0, _length);

    /// <summary>Empties it and gives it its place.</summary>
    public void Begin(long start)
    {
        Start = start;
        FirstExpiryDay = int.MaxValue;
        _length = JournalFormat.FrameHeaderBytes;
    }

    /// <summary>Adds records; false when they do not fit.</summary>
    public bool TryAdd(ReadOnlySpan<byte> records, int firstExpiryDay)
    {
        if (_length + records.Length > _buffer.Length)
        {
            return false;
        }

        records.CopyTo(_buffer.AsSpan(_length));
        _length += records.Length;
        FirstExpiryDay = Math.Min(FirstExpiryDay, firstExpiryDay);
        return true;
    }
}
