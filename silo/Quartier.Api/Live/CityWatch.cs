using System.Collections.Concurrent;

namespace Quartier.Api.Live;

/// <summary>A city's changed subjects since the last hand-out, and who is told.</summary>
internal sealed class CityWatch : IDisposable
{
    /// <summary>How long changes are collected: a page redraws twice a second at most.</summary>
    public static readonly TimeSpan Collection = TimeSpan.FromMilliseconds(500);

    /// <summary>Subjects collected at most; beyond, reading everything again is cheaper than being told what changed.</summary>
    public const int SubjectsMax = 5_000;

    private readonly ConcurrentDictionary<string, byte> _subjects = new(StringComparer.Ordinal);
    private readonly ITimer _timer;
    private Watcher[] _watchers = [];
    private readonly Func<(long Policies, long Registry)> _stamp;
    private (long Policies, long Registry) _lastStamp;
    private int _count;
    private int _overflowed;

    /// <param name="time">The clock.</param>
    /// <param name="stamp">The versions on which permissions rest: when they change, lines look at theirs.</param>
    public CityWatch(TimeProvider time, Func<(long Policies, long Registry)> stamp)
    {
        _stamp = stamp;
        _lastStamp = stamp();
        _timer = time.CreateTimer(_ => HandOut(), null, Collection, Collection);
    }

    /// <summary>Notes a change. A subject already noted costs one look-up without a lock.</summary>
    public void Changed(string subject)
    {
        // A subject leaves the set before it is handed out: whoever finds it here will be told after this change.
        if (Volatile.Read(ref _overflowed) != 0 || _subjects.ContainsKey(subject))
        {
            return;
        }

        if (Interlocked.Increment(ref _count) > SubjectsMax)
        {
            Interlocked.Decrement(ref _count);
            Volatile.Write(ref _overflowed, 1);
        }
        else if (!_subjects.TryAdd(subject, 0))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Called under the feed's lock.</summary>
    public void Join(Watcher watcher) => Volatile.Write(ref _watchers, [.. _watchers, watcher]);

    /// <summary>Called under the feed's lock; true when nobody is left.</summary>
    public bool Leave(Watcher watcher)
    {
        Volatile.Write(ref _watchers, [.. _watchers.Where(w => w != watcher)]);
        return _watchers.Length == 0;
    }

    public void Dispose() => _timer.Dispose();

    private void HandOut()
    {
        var overflowed = Interlocked.Exchange(ref _overflowed, 0) != 0;
        var subjects = new List<string>();
        foreach (var (subject, _) in _subjects)
        {
            if (_subjects.TryRemove(subject, out _))
            {
                Interlocked.Decrement(ref _count);
                subjects.Add(subject);
            }
        }

        var stamp = _stamp();
        var isNew = stamp != _lastStamp;
        _lastStamp = stamp;
        foreach (var watcher in Volatile.Read(ref _watchers))
        {
            if (isNew)
            {
                watcher.Wake();
            }

            if (overflowed)
            {
                watcher.Resync();
            }
            else
            {
                watcher.Deliver(subjects);
            }
        }
    }
}
