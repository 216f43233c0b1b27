using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Quartier.Engine.Turns;

internal sealed partial class Activation
{
    private GrainCall? _firstWaiting;
    private GrainCall? _lastWaiting;

    // Calls that have begun and not ended, by what they allow beside them.
    private int _exclusive;
    private int _readOnly;
    private int _interleaved;

    // Calls in the inbox or waiting.
    private int _queued;

    // What waits may have become admissible.
    private bool _rescan;

    private bool IsRunning => (_exclusive | _readOnly | _interleaved) != 0;

    private bool IsOpen => _phase == ActivationPhase.Active && !IsRunning && _firstWaiting is null && !IsEnding;

    private bool HasOwnWork => (_rescan && _firstWaiting is not null) || EndIsDue;

    /// <summary>Begins the call, or lets it wait.</summary>
    public void Admit(GrainCall call)
    {
        if (_phase == ActivationPhase.Dead)
        {
            Engine.SendOn(call);
        }
        else if (MayStart(call))
        {
            Start(call);
        }
        else
        {
            Enqueue(call);
        }
    }

    public void AdmitQueued(GrainCall call)
    {
        Interlocked.Decrement(ref _queued);
        Admit(call);
    }

    /// <summary>Runs the call's first turn.</summary>
    public void Start(GrainCall call)
    {
        if (!call.TryBegin())
        {
            return;
        }

        if (!call.Has(CallOptions.Unnoticed))
        {
            _lastUsed = Engine.Generation;
        }

        var flow = ExecutionContext.Capture();
        if (call.Flow is { } callersFlow && callersFlow != flow)
        {
            ExecutionContext.Restore(callersFlow);
        }

        var running = Invoke(call);
        if (flow is not null && ExecutionContext.Capture() != flow)
        {
            ExecutionContext.Restore(flow);
        }

        if (running.IsCompleted)
        {
            NoteOutcome(running);
            call.AnswerWith(running);
        }
        else
        {
            Begin(call, running);
        }
    }

    /// <summary>The call's first turn is over, the call is not.</summary>
    public void Begin(GrainCall call, Task running)
    {
        CounterOf(call)++;
        call.AnswerWhenDone(this, running);
    }

    /// <summary>The call is over; a turn of this activation.</summary>
    public void End(GrainCall call, Task outcome)
    {
        CounterOf(call)--;
        _rescan = true;
        NoteOutcome(outcome);
        call.AnswerWith(outcome);
    }

    /// <summary>A grain whose write met another version in the store has outdated state, so its activation ends.</summary>
    public void NoteOutcome(Task outcome)
    {
        if (outcome.IsFaulted && outcome.Exception!.InnerException is InconsistentStateException e)
        {
            var reason = new DeactivationReason(DeactivationReasonCode.ApplicationError, e, "The state in memory is outdated.");
            Deactivate(reason, CancellationToken.None);
        }
    }

    private Task Invoke(GrainCall call)
    {
        try
        {
            var invoked = _kind.IsFiltered && !call.IsBoundToActivation ? new IncomingCallContext(this, call, _kind.FiltersFor(_grain!)).Run() : call.InvokeOn(_grain!);
            return invoked ?? Task.CompletedTask;
        }
        catch (Exception e)
        {
            // Whatever the grain throws is its answer to the caller.
            return Task.FromException(e);
        }
    }

    private bool MayStart(GrainCall call)
    {
        if (_phase != ActivationPhase.Active || IsEnding)
        {
            return false;
        }

        return _kind.IsReentrant
            || call.Has(CallOptions.AlwaysInterleave)
            || (_exclusive == 0 && (_readOnly == 0 || call.Has(CallOptions.ReadOnly)))
            || (_details is { HasSections: true } details && details.IsInSection(RequestContext.ReentrancyIdOf(call.Values)));
    }

    private ref int CounterOf(GrainCall call)
    {
        if (_kind.IsReentrant || call.Has(CallOptions.AlwaysInterleave))
        {
            return ref _interleaved;
        }

        return ref call.Has(CallOptions.ReadOnly) ? ref _readOnly : ref _exclusive;
    }

    /// <summary>Takes the first waiting call that may begin now; null when there is none.</summary>
    private GrainCall? NextAdmissible()
    {
        if (!_rescan)
        {
            return null;
        }

        GrainCall? before = null;
        for (var call = _firstWaiting; call is not null && _phase == ActivationPhase.Active; before = call, call = (GrainCall?)call.Next)
        {
            if (MayStart(call))
            {
                Unlink(call, before);
                return call;
            }

            if (_exclusive > 0 && !_mayInterleaveWaiting)
            {
                // Interleaving calls begin when they arrive; only calls that came before activation are mixed with others.
                break;
            }
        }

        _rescan = false;
        _mayInterleaveWaiting = false;
        return null;
    }

    private void Enqueue(GrainCall call)
    {
        if (!CountQueued(call))
        {
            return;
        }

        call.ListenForCancellation();
        call.Next = null;
        if (_lastWaiting is null)
        {
            _firstWaiting = call;
        }
        else
        {
            _lastWaiting.Next = call;
        }

        _lastWaiting = call;
    }

    private void Unlink(GrainCall call, GrainCall? before)
    {
        if (before is null)
        {
            _firstWaiting = (GrainCall?)call.Next;
        }
        else
        {
            before.Next = call.Next;
        }

        if (ReferenceEquals(_lastWaiting, call))
        {
            _lastWaiting = before;
        }

        call.Next = null;
        Interlocked.Decrement(ref _queued);
    }

    private GrainCall? TakeWaiting()
    {
        var call = _firstWaiting;
        if (call is not null)
        {
            Unlink(call, null);
        }

        return call;
    }

    private bool CountQueued(GrainCall call)
    {
        if (Interlocked.Increment(ref _queued) <= Engine.MaxQueuedCalls || call.Has(CallOptions.Unnoticed))
        {
            return true;
        }

        Interlocked.Decrement(ref _queued);
        call.Fail(new LimitExceededException(
            $"{Engine.MaxQueuedCalls} calls wait at {GrainId} already (SiloMessagingOptions.MaxEnqueuedRequestsHardLimit); {call} was not taken."));
        return false;
    }
}
