using Orleans.Runtime;
using Quartier.Engine.Turns;

namespace Quartier.Engine.Timers;

/// <summary>A timer of an activation: the clock's callback queues a tick, the tick's turn runs the grain's callback.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly CancellationTokenSource _stopped = new();
    private readonly CallOptions _options;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private int _changes;
    private bool _isDisposed;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _period = options.Period;
        _options = CallOptions.OneWay
            | (options.Interleave ? CallOptions.AlwaysInterleave : CallOptions.None)
            | (options.KeepAlive ? CallOptions.None : CallOptions.Unnoticed);
        _timer = EngineTimers.Create(activation.Engine.Time, static state => ((GrainTimer)state!).Queue(), this);
    }

    public Activation Activation => _activation;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfImpossible(dueTime, nameof(dueTime));
        ThrowIfImpossible(period, nameof(period));
        _changes++;
        _period = period;
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _timer.Dispose();
            _stopped.Cancel();
            _stopped.Dispose();
            _activation.Details.Remove(this);
        }
    }

    /// <summary>Runs the callback and then waits for the next time; the period counts from the end of the callback.</summary>
    public async Task Tick()
    {
        if (_isDisposed)
        {
            return;
        }

        var changes = _changes;
        try
        {
            await Run(_stopped.Token).ConfigureAwait(true);
        }
        finally
        {
            if (!_isDisposed && changes == _changes && _period > TimeSpan.Zero)
            {
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    protected abstract Task Run(CancellationToken cancellationToken);

    private static void ThrowIfImpossible(TimeSpan span, string name)
    {
        if (span < TimeSpan.Zero && span != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, span, "The time must not be negative, except Timeout.InfiniteTimeSpan for never.");
        }
    }

    private void Queue() => _activation.PushCall(new TimerTick(this, _options));
}
