namespace Quartier.Engine.Deterministic;

/// <summary>Where the code that a driver runs continues after an <c>await</c>: in the driver's order, like an activation.</summary>
internal sealed class DriverContext(DeterministicTurnScheduler scheduler) : SynchronizationContext, IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_lock)
        {
            _queue.Enqueue((d, state));
        }

        scheduler.Add(this);
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("The driver's thread cannot be waited for by blocking another; await instead.");

    public override SynchronizationContext CreateCopy() => this;

    public void Execute()
    {
        (SendOrPostCallback Callback, object? State) next;
        lock (_lock)
        {
            next = _queue.Dequeue();
        }

        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            next.Callback(next.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
