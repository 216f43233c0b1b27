namespace Quartier.Engine.Deterministic;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    private bool _isDisposed;

    /// <summary>Where it stands in the clock's queue; null when it does not run. Written under the clock's lock.</summary>
    internal (long Due, long Order)? Entry { get; set; }

    internal TimeSpan Period { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
        {
            return false;
        }

        clock.Set(this, dueTime, period);
        return true;
    }

    public void Dispose() => Stop();

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        if (!_isDisposed)
        {
            callback(state);
        }
    }

    private void Stop()
    {
        _isDisposed = true;
        clock.Remove(this);
    }
}
