using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Quartier.Domain.Rules;

/// <summary>
/// Puts the readings of one datastream in order of event time. The watermark is the greatest time seen minus the datastream's lateness; readings wait
/// until it reaches them and are then released in order; what arrives at or behind it is late. With a lateness of 0 nothing waits and no memory
/// is used but the 32 bytes of this struct. Each datastream of a sensor has an order of its own (see docs/rules.md).
/// </summary>
public struct EventOrder
{
    /// <summary>
    /// Most readings that wait for one datastream (96 KiB): an hour and more at one a second. Beyond, the oldest is released early, which moves
    /// the watermark, so that what is late stays well defined and is stored with its flag.
    /// </summary>
    public const int MaxWaiting = 4096;

    private Reading[]? _waiting;
    private int _count;
    private bool _any;
    private bool _released;
    private long _newestMs;
    private long _watermarkMs;

    /// <summary>Greatest time seen in milliseconds since 1970-01-01T00:00:00Z; null before the first reading.</summary>
    public readonly long? NewestMs => _any ? _newestMs : null;

    /// <summary>Everything up to and including this time has been released; null before the first reading.</summary>
    public readonly long? WatermarkMs => _released ? _watermarkMs : null;

    /// <summary>Readings that wait.</summary>
    public readonly int Waiting => _count;

    /// <summary>Takes up a stored order.</summary>
    public static EventOrder Restore(EventOrderSnapshot snapshot)
    {
        var order = new EventOrder
        {
            _any = snapshot.Newest is not null,
            _newestMs = snapshot.Newest ?? 0,
            _released = snapshot.WatermarkMs is not null,
            _watermarkMs = snapshot.WatermarkMs ?? 0,
        };
        foreach (var reading in snapshot.Waiting)
        {
            order.Insert(reading);
        }

        return order;
    }

    /// <summary>The order as it is stored.</summary>
    public readonly EventOrderSnapshot Save() => new(NewestMs, WatermarkMs, [.. _waiting.AsSpan(0, _count)]);

    /// <summary>Whether a reading of that time would be late. Ask before storing it: the flag is stored with it.</summary>
    /// <param name="timeMs">Phenomenon time in milliseconds since 1970-01-01T00:00:00Z.</param>
    public readonly bool IsLate(long timeMs) => _released && timeMs <= _watermarkMs;

    /// <summary>Takes a reading and releases what has come due, in order of time.</summary>
    /// <param name="definition">The datastream.</param>
    /// <param name="reading">A reading in any order.</param>
    /// <param name="released">Released readings are appended.</param>
    public OrderOutcome Offer(DatastreamDefinition definition, in Reading reading, List<Reading> released)
    {
        if (IsLate(reading.TimeMs))
        {
            return OrderOutcome.Late;
        }

        if (!_any || reading.TimeMs > _newestMs)
        {
            _any = true;
            _newestMs = reading.TimeMs;
        }

        if (definition.LatenessMs == 0 && _count == 0)
        {
            _released = true;
            _watermarkMs = reading.TimeMs;
            released.Add(reading);
            return OrderOutcome.Taken;
        }

        var fresh = Insert(reading);
        Advance(_newestMs - definition.LatenessMs, released);
        if (_count > MaxWaiting)
        {
            Advance(_waiting![0].TimeMs, released);
        }

        return fresh ? OrderOutcome.Taken : OrderOutcome.Repeated;
    }

    /// <summary>
    /// Moves the watermark to a time, when it is not there yet, and releases what has come due. For clocks: a datastream that falls silent would
    /// otherwise keep its last readings waiting for ever.
    /// </summary>
    /// <param name="watermarkMs">For example the city's now minus the datastream's lateness.</param>
    /// <param name="released">Released readings are appended.</param>
    public void Advance(long watermarkMs, List<Reading> released)
    {
        if (!_any || (_released && watermarkMs <= _watermarkMs))
        {
            return;
        }

        _released = true;
        _watermarkMs = watermarkMs;
        var due = 0;
        while (due < _count && _waiting![due].TimeMs <= watermarkMs)
        {
            released.Add(_waiting[due++]);
        }

        if (due > 0)
        {
            _waiting.AsSpan(due, _count - due).CopyTo(_waiting);
            _count -= due;
        }

        if (_count == 0)
        {
            _waiting = null;
        }
    }

    private bool Insert(in Reading reading)
    {
        var at = _count;
        while (at > 0 && _waiting![at - 1].TimeMs > reading.TimeMs)
        {
            at--;
        }

        if (at > 0 && _waiting![at - 1].TimeMs == reading.TimeMs)
        {
            Contradict(ref _waiting[at - 1], reading);
            return false;
        }

        if (_waiting is null || _count == _waiting.Length)
        {
            Array.Resize(ref _waiting, Math.Max(4, _count * 2));
        }

        _waiting.AsSpan(at, _count - at).CopyTo(_waiting.AsSpan(at + 1));
        _waiting[at] = reading;
        _count++;
        return true;
    }

    private static void Contradict(ref Reading known, in Reading other)
    {
        if (!known.Value.Equals(other.Value))
        {
            var winner = other.Value > known.Value ? other : known;
            known = winner with { Quality = winner.Quality | Quality.Contradicted };
        }
    }
}
