namespace Quartier.Engine.Deterministic;

/// <summary>A clock that stands still until it is advanced. Timers fire on the advancing thread, in the order of their times and, at equal times, in the order in which they were set.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<(long Due, long Order, ManualTimer Timer)> _pending = new(ByDue.Instance);
    private long _nowTicks;
    private long _order;

    /// <summary>A clock that begins at a time.</summary>
    public ManualTimeProvider(DateTimeOffset start) => _nowTicks = start.UtcTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _nowTicks), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _nowTicks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass and fires what falls due. Under a <see cref="DeterministicDriver"/> use its own method, which runs the turns too.</summary>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        var end = GetUtcNow() + span;
        bool fired;
        do
        {
            fired = FireNext(end);
        }
        while (fired);
    }

    /// <summary>Fires the next timer due until the time; without one, goes to the time and returns false.</summary>
    internal bool FireNext(DateTimeOffset end)
    {
        ManualTimer timer;
        lock (_lock)
        {
            if (_pending.Count == 0 || _pending.Min.Due > end.UtcTicks)
            {
                Volatile.Write(ref _nowTicks, Math.Max(_nowTicks, end.UtcTicks));
                return false;
            }

            var next = _pending.Min;
            _pending.Remove(next);
            timer = next.Timer;
            Volatile.Write(ref _nowTicks, Math.Max(_nowTicks, next.Due));
            timer.Entry = null;
            if (timer.Period > TimeSpan.Zero)
            {
                Set_NeedsLock(timer, timer.Period);
            }
        }

        timer.Fire();
        return true;
    }

    internal void Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            Remove_NeedsLock(timer);
            timer.Period = period;
            if (dueTime >= TimeSpan.Zero)
            {
                Set_NeedsLock(timer, dueTime);
            }
        }
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            Remove_NeedsLock(timer);
        }
    }

    private void Set_NeedsLock(ManualTimer timer, TimeSpan dueTime)
    {
        timer.Entry = (_nowTicks + dueTime.Ticks, _order++);
        _pending.Add((timer.Entry.Value.Due, timer.Entry.Value.Order, timer));
    }

    private void Remove_NeedsLock(ManualTimer timer)
    {
        if (timer.Entry is { } entry)
        {
            _pending.Remove((entry.Due, entry.Order, timer));
            timer.Entry = null;
        }
    }

    private sealed class ByDue : IComparer<(long Due, long Order, ManualTimer Timer)>
    {
        public static readonly ByDue Instance = new();

        public int Compare((long Due, long Order, ManualTimer Timer) x, (long Due, long Order, ManualTimer Timer) y)
        {
            var byDue = x.Due.CompareTo(y.Due);
            return byDue != 0 ? byDue : x.Order.CompareTo(y.Order);
        }
    }
}
