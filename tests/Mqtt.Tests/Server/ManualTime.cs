namespace Mqtt.Tests.Server;

/// <summary>A clock that moves only when a test moves it, and fires the timers that become due.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private long _nowMs;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => Volatile.Read(ref _nowMs);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000 + GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var target = _nowMs + (long)by.TotalMilliseconds;
        while (true)
        {
            Timer? next;
            lock (_lock)
            {
                next = _timers.Where(timer => timer.DueMs <= target).MinBy(timer => timer.DueMs);
                Volatile.Write(ref _nowMs, next is null ? target : Math.Max(_nowMs, next.DueMs));
                next?.Reschedule();
            }

            if (next is null)
            {
                return;
            }

            next.Fire();
        }
    }

    private sealed class Timer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        private long _periodMs;

        public long DueMs { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                _periodMs = (long)period.TotalMilliseconds;
                DueMs = dueTime < TimeSpan.Zero ? long.MaxValue : owner._nowMs + (long)dueTime.TotalMilliseconds;
                owner._timers.Remove(this);
                owner._timers.Add(this);
            }

            return true;
        }

        public void Reschedule()
        {
            DueMs = _periodMs > 0 ? DueMs + _periodMs : long.MaxValue;
        }

        public void Fire() => callback(state);

        public void Dispose() => Remove();

        public ValueTask DisposeAsync()
        {
            Remove();
            return ValueTask.CompletedTask;
        }

        private void Remove()
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
            }
        }
    }
}
