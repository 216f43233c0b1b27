using System.Text;
using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Journals;

/// <summary>Builds records one after the other. Reused by one thread.</summary>
internal sealed class RecordWriter
{
    /// <summary>Marks a value written as a double.</summary>
    internal const int RawDouble = 15;

    /// <summary>Marks that a quality byte follows.</summary>
    internal const int HasQuality = 1 << 4;

    /// <summary>A record of one reading takes at most this many bytes, its annotation not counted.</summary>
    public const int MostReadingBytes = 64;

    /// <summary>A record is ended when its payload is longer: damage costs no more than this.</summary>
    private const int LongPayload = 16 << 10;

    private const int NoRecord = -1;

    private readonly ByteWriter _writer = new(1024);
    private int _start = NoRecord;
    private RecordKind _kind;
    private int _retention;
    private long _previousMs;

    /// <summary>Earliest expiry day of the readings written.</summary>
    public int FirstExpiryDay { get; private set; } = int.MaxValue;

    /// <summary>Bytes written.</summary>
    public int Length => _writer.Length;

    /// <summary>Ends the last record and returns all.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        End();
        return _writer.Written;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _writer.Truncate(0);
        _start = NoRecord;
        FirstExpiryDay = int.MaxValue;
    }

    /// <summary>Adds a reading of the datastream; consecutive ones share a record.</summary>
    public void Add(int datastream, int retentionDays, in Reading reading) => Add(RecordKind.Readings, datastream, retentionDays, reading);

    /// <summary>Adds a reading of the datastream with its annotation; consecutive ones share a record.</summary>
    public void AddAnnotated(int datastream, int retentionDays, in Reading reading, ReadOnlySpan<byte> annotation) =>
        Add(RecordKind.Annotated, datastream, retentionDays, reading, annotation);

    /// <summary>Adds a reading of the datastream with its correction; consecutive ones share a record.</summary>
    public void AddCorrected(int datastream, int retentionDays, in Reading reading, ReadOnlySpan<byte> correction) =>
        Add(RecordKind.Corrected, datastream, retentionDays, reading, correction);

    /// <summary>Adds a datastream's registration.</summary>
    public void AddDatastream(int number, DatastreamKey key, int retentionDays)
    {
        End();
        Begin(RecordKind.Datastream);
        _writer.Varint((uint)number);
        _writer.Varint((uint)retentionDays);
        Text(key.SensorKey);
        Text(key.Property);
        End();
    }

    /// <summary>Adds a seal intent: of each datastream everything before the position goes to the partition of the day.</summary>
    public void AddIntent(long batch, int day, ReadOnlySpan<SealedUpTo> entries)
    {
        End();
        Begin(RecordKind.SealIntent);
        _writer.Varint((ulong)batch);
        _writer.ZigZag(day);
        foreach (var entry in entries)
        {
            _writer.Varint((uint)entry.Datastream);
            _writer.Varint((ulong)entry.Position);
        }

        End();
    }

    private void Add(RecordKind kind, int datastream, int retentionDays, in Reading reading, ReadOnlySpan<byte> beside)
    {
        Add(kind, datastream, retentionDays, reading);
        _writer.Varint((uint)beside.Length);
        _writer.Bytes(beside);
    }

    private void Add(RecordKind kind, int datastream, int retentionDays, in Reading reading)
    {
        if (_start == NoRecord || _kind != kind || _retention != retentionDays || _writer.Length - _start > LongPayload)
        {
            End();
            Begin(kind);
            _writer.Varint((uint)datastream);
            _writer.Varint((uint)retentionDays);
            (_kind, _retention, _previousMs) = (kind, retentionDays, 0);
        }

        _writer.ZigZag(reading.TimeMs - _previousMs);
        _previousMs = reading.TimeMs;
        FirstExpiryDay = Math.Min(FirstExpiryDay, EventDay.Of(reading.TimeMs) + retentionDays);
        var places = Decimals.Places(reading.Value, 0, out var scaled);
        var flags = reading.Quality == Quality.Good ? 0 : HasQuality;
        if (places == Decimals.None)
        {
            _writer.Byte((byte)(RawDouble | flags));
            _writer.UInt64(BitConverter.DoubleToUInt64Bits(reading.Value));
        }
        else
        {
            _writer.Byte((byte)(places | flags));
            _writer.ZigZag(scaled);
        }

        if (flags != 0)
        {
            _writer.Byte((byte)reading.Quality);
        }
    }

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _writer.Varint((uint)bytes.Length);
        _writer.Bytes(bytes);
    }

    private void Begin(RecordKind kind)
    {
        _start = _writer.Length;
        _writer.UInt32(0);
        _writer.Byte(0);
        _writer.Byte(0);
        _writer.Byte((byte)kind);
    }

    private void End()
    {
        if (_start == NoRecord)
        {
            return;
        }

        var payload = _writer.Length - _start - JournalFormat.RecordHeaderBytes;
        if (payload > JournalFormat.MostPayloadBytes)
        {
            throw new InvalidOperationException($"A record of {payload} bytes, at most {JournalFormat.MostPayloadBytes} are possible.");
        }

        _writer.PatchUInt16(_start + sizeof(uint), (ushort)payload);
        _writer.PatchUInt32(_start, Checksum.Of(_writer.Written[(_start + sizeof(uint))..]));
        _start = NoRecord;
    }
}
