using Orleans;

namespace Quartier.Engine.Turns;

internal sealed partial class Activation
{
    private volatile ActivationPhase _phase;

    // Among the waiting calls may be interleaving ones.
    private bool _mayInterleaveWaiting;

    private bool IsEnding => _details is { EndReason: not null };

    private bool EndIsDue => _phase == ActivationPhase.Active && !IsRunning && IsEnding;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (ReferenceEquals(Current, this))
        {
            // Asked by the grain itself: no call that waits may begin after this one.
            RequestEnd(deactivationReason);
        }

        // Also tells the owner, whoever it is, that there is something to do.
        Push(new EndRequest(deactivationReason));
    }

    /// <summary>Keeps the activation from idle collection; a negative span ends that.</summary>
    public void DelayDeactivation(TimeSpan timeSpan)
    {
        if (timeSpan == Timeout.InfiniteTimeSpan || timeSpan == TimeSpan.MaxValue)
        {
            Details.KeepUntil = long.MaxValue;
            return;
        }

        Details.KeepUntil = timeSpan < TimeSpan.Zero ? 0 : Engine.Generation + Engine.GenerationsIn(timeSpan);
    }

    /// <summary>Ends the activation if it has been idle for the age of its kind. Called by the sweep.</summary>
    public bool TryCollect(int generation)
    {
        if (!IsStale(generation) || Interlocked.CompareExchange(ref _state, Owned, Idle) != Idle)
        {
            return false;
        }

        // It may have been used between the look and the taking.
        var collected = IsStale(generation);
        if (collected)
        {
            Details.EndReason = new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Nobody called for the collection age.");
        }

        Release();
        return collected;
    }

    internal void RequestEnd(DeactivationReason reason)
    {
        if (_phase < ActivationPhase.Deactivating)
        {
            Details.EndReason ??= reason;
        }
    }

    private bool IsStale(int generation) =>
        generation - _lastUsed >= _kind.CollectionGenerations && (_details is null || _details.KeepUntil <= generation);

    private void BeginActivation()
    {
        _phase = ActivationPhase.Activating;
        Task activated;
        try
        {
            _grain = _kind.Create(this);
            activated = Activate();
        }
        catch (Exception e)
        {
            // The constructor's or OnActivateAsync's failure is the answer to the calls that wait.
            activated = Task.FromException(e);
        }

        if (activated.IsCompleted)
        {
            FinishActivation(activated);
            return;
        }

        CancelAfter(Engine.ActivationTimeout);
        activated.GetAwaiter().UnsafeOnCompleted(() => FinishActivation(activated));
    }

    private Task Activate()
    {
        if (_passage?.Reads is { } reads)
        {
            return ReadStateAndActivate(reads);
        }

        return _kind.PreparesItself ? ((IGrainBase)_grain!).OnActivateAsync(Deadline()) : Task.CompletedTask;
    }

    private async Task ReadStateAndActivate(List<Func<CancellationToken, Task>> reads)
    {
        Passage.Reads = null;
        foreach (var read in reads)
        {
            await read(Deadline()).ConfigureAwait(true);
        }

        await ((IGrainBase)_grain!).OnActivateAsync(Deadline()).ConfigureAwait(true);
    }

    private void FinishActivation(Task activated)
    {
        StopDeadline();
        if (activated.IsCompletedSuccessfully)
        {
            _phase = ActivationPhase.Active;
            _rescan = true;
            _mayInterleaveWaiting = true;
            _lastUsed = Engine.Generation;
            return;
        }

        var cause = activated.Exception?.InnerException ?? new TaskCanceledException(activated);
        EngineLog.ActivationFailed(Engine.Log, cause, GrainId.ToString());
        Bury();
        while (TakeWaiting() is { } call)
        {
            call.Fail(cause);
        }
    }

    private void BeginDeactivation()
    {
        _phase = ActivationPhase.Deactivating;
        foreach (var timer in Details.TakeTimers())
        {
            timer.Dispose();
        }

        Task tidied;
        try
        {
            tidied = _kind.TidiesUp ? TidyUp() : Task.CompletedTask;
        }
        catch (Exception e)
        {
            // Whatever OnDeactivateAsync throws, the activation ends; it is logged below.
            tidied = Task.FromException(e);
        }

        if (tidied.IsCompleted)
        {
            FinishDeactivation(tidied);
            return;
        }

        CancelAfter(Engine.DeactivationTimeout);
        tidied.GetAwaiter().UnsafeOnCompleted(() => FinishDeactivation(tidied));
    }

    private async Task TidyUp()
    {
        try
        {
            await ((IGrainBase)_grain!).OnDeactivateAsync(Details.EndReason!.Value, Deadline()).ConfigureAwait(true);
        }
        finally
        {
            if (_grain is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync().ConfigureAwait(true);
            }
            else if (_grain is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }
    }

    private void FinishDeactivation(Task tidied)
    {
        StopDeadline();
        if (tidied.Exception?.InnerException is { } cause)
        {
            EngineLog.DeactivationFailed(Engine.Log, cause, GrainId.ToString());
        }

        Bury();
        while (TakeWaiting() is { } call)
        {
            Engine.SendOn(call);
        }
    }

    private void Bury()
    {
        // Out of the directory first: whoever finds a dead activation then finds, or makes, its successor.
        _kind.Forget(this);
        _phase = ActivationPhase.Dead;

        // Whoever asks for the end either sees the phase or is seen below.
        Interlocked.MemoryBarrier();
        _grain = null;
        foreach (var timer in _details?.TakeTimers() ?? [])
        {
            timer.Dispose();
        }

        _details?.EndedIfAsked?.TrySetResult();
    }

    private CancellationToken Deadline() => (Passage.Deadline ??= new CancellationTokenSource()).Token;

    private void CancelAfter(TimeSpan timeout)
    {
        if (_passage?.Deadline is { } deadline)
        {
            var timer = EngineTimers.Create(Engine.Time, static state => ((CancellationTokenSource)state!).Cancel(), deadline);
            timer.Change(timeout, Timeout.InfiniteTimeSpan);
            _passage.DeadlineTimer = timer;
        }
    }

    private void StopDeadline()
    {
        _passage?.DeadlineTimer?.Dispose();
        _passage = null;
    }
}
