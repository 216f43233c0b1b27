using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;

namespace Quartier.Storage.Readings;

/// <summary>
/// Readings of one datastream and expiry day that rest in the journal and here. While they are being sealed they stay readable and
/// what arrives meanwhile gathers beside them. Guarded by its datastream's lock.
/// </summary>
internal sealed class OpenBlock(int expiryDay)
{
    private const int FirstCapacity = 4;

    private Reading[] _readings = [];
    private int _count;
    private Reading[]? _sealing;
    private long _firstPosition;
    private long _sealingPosition;
    private OpenAnnotations? _annotations;
    private OpenAnnotations? _corrections;

    /// <summary>The day on whose end the readings expire.</summary>
    public int ExpiryDay { get; } = expiryDay;

    /// <summary>Whether it stands in the sealer's queue.</summary>
    public bool Queued { get; set; }

    /// <summary>Readings not being sealed, in ascending order of time.</summary>
    public ReadOnlySpan<Reading> Active => _readings.AsSpan(0, _count);

    /// <summary>Readings being sealed, in ascending order of time.</summary>
    public ReadOnlySpan<Reading> Sealing => _sealing;

    /// <summary>Whether a batch holds readings of it.</summary>
    public bool IsSealing => _sealing is not null;

    /// <summary>Nothing is held.</summary>
    public bool IsEmpty => _count == 0 && _sealing is null;

    /// <summary>No journal position before this one holds readings of the block; long.MaxValue when it is empty.</summary>
    public long OldestPosition => _sealing is not null ? _sealingPosition : _count > 0 ? _firstPosition : long.MaxValue;

    /// <summary>Annotations of its readings; null when none ever had one. A reading that has one here is here too.</summary>
    public OpenAnnotations? Annotations => _annotations;

    /// <summary>Corrections of its readings; null when none was ever corrected. A reading that has one here is here too.</summary>
    public OpenAnnotations? Corrections => _corrections;

    /// <summary>The reading at the time.</summary>
    public bool TryFind(long timeMs, out Reading reading) => TryFind(Active, timeMs, out reading) || TryFind(_sealing, timeMs, out reading);

    /// <summary>Inserts the reading, or replaces the one of the same time. True when the number of readings held has grown.</summary>
    public bool Put(in Reading reading, long position)
    {
        var at = _count > 0 && _readings[_count - 1].TimeMs < reading.TimeMs ? _count : Merging.LowerBound(Active, reading.TimeMs);
        if (at < _count && _readings[at].TimeMs == reading.TimeMs)
        {
            _readings[at] = reading;
            return false;
        }

        if (_count == 0)
        {
            _firstPosition = position;
        }

        if (_count == _readings.Length)
        {
            Array.Resize(ref _readings, Math.Max(FirstCapacity, _count * 2));
        }

        Array.Copy(_readings, at, _readings, at + 1, _count - at);
        _readings[at] = reading;
        _count++;
        return true;
    }

    /// <summary>Adds the annotation of a reading that was put before it.</summary>
    public void Annotate(in AnnotationRow row) => (_annotations ??= new()).Put(row);

    /// <summary>Adds the correction of a reading that was put before it.</summary>
    public void Correct(in AnnotationRow row) => (_corrections ??= new()).Put(row);

    /// <summary>Gives up the readings: they have expired. The block may still stand in the sealer's queue, empty.</summary>
    public Reading[] Drop()
    {
        var dropped = Active.ToArray();
        (_readings, _count, _annotations, _corrections) = ([], 0, null, null);
        return dropped;
    }

    /// <summary>Hands the readings to a batch.</summary>
    public Reading[] BeginSealing()
    {
        _sealing = _count == _readings.Length ? _readings : _readings[.._count];
        _sealingPosition = _firstPosition;
        _readings = [];
        _count = 0;
        return _sealing;
    }

    /// <summary>The batch is on the disk.</summary>
    public void EndSealing()
    {
        _sealing = null;
        _annotations?.EndSealing();
        _corrections?.EndSealing();
    }

    /// <summary>The batch has failed: its readings are open again. Returns by how many fewer readings are held.</summary>
    public int ReturnSealing()
    {
        var before = _count + _sealing!.Length;
        _readings = Merging.Merge(_sealing, Active);
        _count = _readings.Length;
        _firstPosition = _sealingPosition;
        _sealing = null;
        _annotations?.ReturnSealing();
        _corrections?.ReturnSealing();
        return before - _count;
    }

    private static bool TryFind(ReadOnlySpan<Reading> readings, long timeMs, out Reading reading)
    {
        var at = Merging.LowerBound(readings, timeMs);
        if (at < readings.Length && readings[at].TimeMs == timeMs)
        {
            reading = readings[at];
            return true;
        }

        reading = default;
        return false;
    }
}
