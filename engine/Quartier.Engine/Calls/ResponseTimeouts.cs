namespace Quartier.Engine;

/// <summary>
/// The calls whose callers wait. All wait equally long, so the list is in the order in which they fall due: one timer looks at its head,
/// and a call needs no timer of its own. The list is as long as the callers that wait.
/// </summary>
internal sealed class ResponseTimeouts : IDisposable
{
    // A caller learns of a timeout at most this much late; looking more often would only cost.
    private static readonly TimeSpan LongestSweepPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _period;
    private readonly ITimer _timer;
    private GrainCall? _first;
    private GrainCall? _last;
    private bool _armed;

    public ResponseTimeouts(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _timeout = timeout;
        _period = timeout / 10 < LongestSweepPeriod ? timeout / 10 : LongestSweepPeriod;
        _timer = EngineTimers.Create(time, static state => ((ResponseTimeouts)state!).Sweep(), this);
    }

    public void Add(GrainCall call)
    {
        lock (_lock)
        {
            if (call.IsAnswered)
            {
                return;
            }

            call.DueAt = _time.GetTimestamp() + (long)(_timeout.TotalSeconds * _time.TimestampFrequency);
            call.IsAwaited = true;
            call.Earlier = _last;
            (_last is null ? ref _first : ref LaterOf(_last)) = call;
            _last = call;
            Arm_NeedsLock();
        }
    }

    public void Remove(GrainCall call)
    {
        lock (_lock)
        {
            if (call.IsAwaited)
            {
                Unlink_NeedsLock(call);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        while (TakeOverdue() is { } call)
        {
            call.Fail(new TimeoutException($"Response did not arrive on time in {_timeout} for {call}."));
        }
    }

    private GrainCall? TakeOverdue()
    {
        lock (_lock)
        {
            _armed = false;
            var call = _first;
            if (call is null || call.DueAt > _time.GetTimestamp())
            {
                Arm_NeedsLock();
                return null;
            }

            Unlink_NeedsLock(call);
            return call;
        }
    }

    private void Arm_NeedsLock()
    {
        if (!_armed && _first is not null)
        {
            _armed = true;
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }

    private void Unlink_NeedsLock(GrainCall call)
    {
        call.IsAwaited = false;
        (call.Earlier is null ? ref _first : ref LaterOf(call.Earlier)) = call.Later;
        if (call.Later is null)
        {
            _last = call.Earlier;
        }
        else
        {
            call.Later.Earlier = call.Earlier;
        }

        call.Earlier = null;
        call.Later = null;
    }

    private static ref GrainCall? LaterOf(GrainCall call) => ref call.LaterInOrder;
}
