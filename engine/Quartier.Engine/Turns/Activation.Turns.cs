namespace Quartier.Engine.Turns;

internal sealed partial class Activation
{
    // Nobody owns it; Idle: a call may begin at once; Busy: calls run or wait, or it is not active, so look closer.
    private const int Idle = 0;
    private const int Busy = 4;

    // One thread, or a place in the scheduler's queue, owns it; Signaled: the inbox has got something since it was last emptied.
    private const int Owned = 1;
    private const int Signaled = 2;

    private int _state;

    // Pushed by anyone, newest first.
    private WorkItem? _inbox;

    // Taken from the inbox, oldest first.
    private WorkItem? _taken;

    // The generation of the last use; see GrainEngine.Generation.
    private int _lastUsed;

    /// <summary>Owns the activation and begins a turn of it on this thread, if it is idle.</summary>
    public bool TryBeginInline(out InlineTurn turn)
    {
        if (InlineDepth.Current >= InlineDepth.Limit || Interlocked.CompareExchange(ref _state, Owned, Idle) != Idle)
        {
            turn = default;
            return false;
        }

        turn = new InlineTurn(this);
        return true;
    }

    /// <summary>Gives up an activation that was idle before and of whose calls none is left.</summary>
    public void ReleaseAfterInlineTurn()
    {
        _lastUsed = Engine.Generation;
        if (Interlocked.CompareExchange(ref _state, Idle, Owned) != Owned)
        {
            // Something arrived meanwhile. It is not this caller's business: a pool thread takes over the ownership.
            Engine.Scheduler.Schedule(this);
        }
    }

    /// <summary>Gives up ownership, or hands it to the scheduler when there is work left.</summary>
    public void Release()
    {
        var resting = IsOpen ? Idle : Busy;
        if (_taken is null && !HasOwnWork && Interlocked.CompareExchange(ref _state, resting, Owned) == Owned)
        {
            return;
        }

        Engine.Scheduler.Schedule(this);
    }

    /// <summary>Adds work; any thread.</summary>
    public void Push(WorkItem item)
    {
        WorkItem? head;
        do
        {
            head = Volatile.Read(ref _inbox);
            item.Next = head;
        }
        while (Interlocked.CompareExchange(ref _inbox, item, head) != head);

        Signal();
    }

    /// <summary>Runs the call at once when nobody owns the activation, else queues it. False when the activation is dead.</summary>
    public bool Offer(GrainCall call)
    {
        if (Engine.Scheduler.RunsInline && InlineDepth.Current < InlineDepth.Limit && TryOwn())
        {
            if (_phase == ActivationPhase.Dead)
            {
                Release();
                return false;
            }

            RunInline(call);
            return true;
        }

        if (_phase == ActivationPhase.Dead)
        {
            return false;
        }

        PushCall(call);
        return true;
    }

    /// <summary>Takes the first call of an activation that this thread has just made and therefore owns.</summary>
    public bool Receive(GrainCall call)
    {
        if (Engine.Scheduler.RunsInline && InlineDepth.Current < InlineDepth.Limit)
        {
            RunInline(call);
        }
        else
        {
            PushCall(call);
            Engine.Scheduler.Schedule(this);
        }

        return true;
    }

    /// <summary>Queues a call; any thread.</summary>
    public void PushCall(GrainCall call)
    {
        if (CountQueued(call))
        {
            call.ListenForCancellation();
            Push(call);
        }
    }

    private void RunInline(GrainCall call)
    {
        var turn = new InlineTurn(this);
        if (_phase == ActivationPhase.Created)
        {
            Enqueue(call);
            BeginActivation();
            NextAdmissible()?.StartOn(this);
        }
        else
        {
            Admit(call);
        }

        turn.Leave();
        Release();
    }

    void IThreadPoolWorkItem.Execute() => RunSlice();

    /// <summary>Takes some turns. Called by the scheduler, on behalf of which this activation is owned.</summary>
    public void RunSlice()
    {
        var turn = new InlineTurn(this);
        TakeTurns(Engine.Scheduler.TurnsPerSlice);
        turn.Leave();
        Release();
    }

    private void TakeTurns(int turns)
    {
        if (_phase == ActivationPhase.Created)
        {
            BeginActivation();
        }

        for (; turns > 0; turns--)
        {
            if (EndIsDue)
            {
                BeginDeactivation();
            }
            else if (NextAdmissible() is { } call)
            {
                Start(call);
            }
            else if (Take() is { } item)
            {
                Run(item);
            }
            else
            {
                return;
            }
        }
    }

    private void Run(WorkItem item)
    {
        try
        {
            item.RunTurn(this);
        }
        catch (Exception e)
        {
            // The loop's boundary: only an async void method of a grain gets here, and it must not take the process with it.
            EngineLog.TurnFailed(Engine.Log, e, GrainId.ToString());
        }
    }

    private WorkItem? Take()
    {
        if (_taken is null)
        {
            // Cleared before emptying: what is pushed after that signals anew.
            Interlocked.And(ref _state, ~Signaled);
            _taken = Reversed(Interlocked.Exchange(ref _inbox, null));
        }

        var item = _taken;
        if (item is not null)
        {
            _taken = item.Next;
            item.Next = null;
        }

        return item;
    }

    private static WorkItem? Reversed(WorkItem? newestFirst)
    {
        WorkItem? oldestFirst = null;
        while (newestFirst is not null)
        {
            var next = newestFirst.Next;
            newestFirst.Next = oldestFirst;
            oldestFirst = newestFirst;
            newestFirst = next;
        }

        return oldestFirst;
    }

    private bool TryOwn()
    {
        var state = Volatile.Read(ref _state);
        return (state & Owned) == 0 && Interlocked.CompareExchange(ref _state, Owned, state) == state;
    }

    private void Signal()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Signaled) != 0)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _state, Owned | Signaled, state) != state)
            {
                continue;
            }

            if ((state & Owned) == 0)
            {
                Engine.Scheduler.Schedule(this);
            }

            return;
        }
    }
}
