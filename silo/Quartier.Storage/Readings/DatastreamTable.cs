using System.Collections.Concurrent;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Readings;

/// <summary>All datastreams by number and by name. Numbers are given in order and never reused.</summary>
internal sealed class DatastreamTable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<DatastreamKey, Datastream> _byKey = new();
    private Datastream?[] _byNumber = new Datastream?[1024];
    private int _last;

    /// <summary>How many there are.</summary>
    public int Count => _byKey.Count;

    /// <summary>All of them, in the order of their numbers.</summary>
    public IEnumerable<Datastream> All
    {
        get
        {
            var streams = Volatile.Read(ref _byNumber);
            var last = Volatile.Read(ref _last);
            for (var number = 1; number <= last && number < streams.Length; number++)
            {
                if (streams[number] is { } stream)
                {
                    yield return stream;
                }
            }
        }
    }

    /// <summary>The datastream of the number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No datastream has the number.</exception>
    public Datastream this[int number] => Find(number)
        ?? throw new ArgumentOutOfRangeException(nameof(number), number, "No datastream has this number. Register it first.");

    /// <summary>The datastream of the number, or null.</summary>
    public Datastream? Find(int number)
    {
        var streams = Volatile.Read(ref _byNumber);
        return (uint)number < (uint)streams.Length ? Volatile.Read(ref streams[number]) : null;
    }

    /// <summary>The datastream of the name, or null.</summary>
    public Datastream? Find(DatastreamKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>The datastream of the name; it gets the next number when it is new.</summary>
    public Datastream GetOrAdd(DatastreamKey key)
    {
        if (_byKey.TryGetValue(key, out var known))
        {
            return known;
        }

        lock (_gate)
        {
            return _byKey.TryGetValue(key, out known) ? known : Add_NeedsLock(_last + 1, key);
        }
    }

    /// <summary>Takes over a datastream from the disk; the first one to claim a number keeps it. Null when the number has another name.</summary>
    public Datastream? Restore(int number, DatastreamKey key)
    {
        lock (_gate)
        {
            if (Find(number) is { } holder)
            {
                return holder.Key == key ? holder : null;
            }

            return _byKey.ContainsKey(key) ? null : Add_NeedsLock(number, key);
        }
    }

    /// <summary>Never gives a number up to this one to a new datastream.</summary>
    public void Skip(int number)
    {
        lock (_gate)
        {
            _last = Math.Max(_last, number);
        }
    }

    private Datastream Add_NeedsLock(int number, DatastreamKey key)
    {
        var stream = new Datastream(number, key);
        if (number >= _byNumber.Length)
        {
            var larger = new Datastream?[Math.Max(number + 1, _byNumber.Length * 2)];
            _byNumber.CopyTo(larger, 0);
            Volatile.Write(ref _byNumber, larger);
        }

        Volatile.Write(ref _byNumber[number], stream);
        Volatile.Write(ref _last, Math.Max(_last, number));
        _byKey[key] = stream;
        return stream;
    }
}
