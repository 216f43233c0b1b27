using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using Quartier.Engine.Turns;

namespace Quartier.Engine;

/// <summary>
/// A call that could not run at once on its caller's thread, or that filters look at. One object carries the arguments, waits in the
/// activation's queue, and gives the caller its answer.
/// </summary>
public abstract class GrainCall : WorkItem, IInvokable
{
    private GrainCall? _later;
    private Task? _running;
    private Activation? _activation;
    private CancellationTokenRegistration _cancellation;
    private int _begun;

    /// <summary>A call through the reference.</summary>
    protected GrainCall(EmbeddedGrainReference target, CallOptions options)
    {
        Target = target;
        Options = options;
        Source = RuntimeContext.Current;
        TakeFlow();
    }

    /// <summary>Stops waiting calls; the default for methods without a token.</summary>
    public virtual CancellationToken CancellationToken => default;

    internal EmbeddedGrainReference Target { get; }

    internal CallOptions Options { get; }

    internal Activation? Source { get; }

    internal Dictionary<string, object>? Values { get; private set; }

    // Links into the list of calls that are awaited; see ResponseTimeouts.
    internal GrainCall? Earlier { get; set; }

    internal ref GrainCall? LaterInOrder => ref _later;

    internal GrainCall? Later
    {
        get => _later;
        set => _later = value;
    }

    internal long DueAt { get; set; }

    // How often an activation that ended has passed the call on.
    internal int SentOn { get; set; }

    internal bool IsAwaited { get; set; }

    /// <summary>Whether the caller has its answer already, for instance that it waited too long.</summary>
    internal abstract bool IsAnswered { get; }

    internal ExecutionContext? Flow { get; private set; }

    /// <summary>Whether the call is a matter between the activation and the engine, such as a timer's tick.</summary>
    internal virtual bool IsBoundToActivation => false;

    internal bool Has(CallOptions option) => (Options & option) != CallOptions.None;

    /// <summary>What the caller gets.</summary>
    internal abstract Task HandOut();

    internal abstract void AnswerWith(Task outcome);

    internal abstract void Fail(Exception exception);

    internal abstract void Cancel(CancellationToken token);

    /// <summary>Lets the filters run; the task carries the result they leave.</summary>
    internal abstract Task Filtered(CallContext context);

    internal abstract object? ResultOf(Task completed);

    internal override void RunTurn(Activation activation) => activation.AdmitQueued(this);

    internal Task InvokeOn(object grain) => Invoke(grain);

    internal void StartOn(Activation activation) => activation.Start(this);

    /// <summary>False when the call must not begin any more, because it was cancelled or its caller has stopped waiting.</summary>
    internal bool TryBegin()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return false;
        }

        _cancellation.Dispose();
        return !IsAnswered;
    }

    /// <summary>The call waits from here on: a cancelled one is answered without being begun.</summary>
    internal void ListenForCancellation()
    {
        if (CancellationToken.CanBeCanceled && _cancellation == default)
        {
            _cancellation = CancellationToken.UnsafeRegister(
                static (state, token) =>
                {
                    var call = (GrainCall)state!;
                    if (Interlocked.Exchange(ref call._begun, 1) == 0)
                    {
                        call.Cancel(token);
                    }
                },
                this);
        }
    }

    internal void TakeFlow()
    {
        Flow = ExecutionContext.Capture();
        Values = RequestContext.Values;
    }

    internal void AnswerWhenDone(Activation activation, Task running)
    {
        _activation = activation;
        _running = running;

        // The current context is the activation, so the callback is a turn of it.
        running.GetAwaiter().UnsafeOnCompleted(Done);
    }

    private void Done()
    {
        var outcome = _running!;
        _running = null;
        _activation!.End(this, outcome);
    }

    /// <summary>Calls the method on the grain.</summary>
    protected abstract Task Invoke(object grain);

    /// <inheritdoc/>
    public abstract int GetArgumentCount();

    /// <inheritdoc/>
    public abstract object? GetArgument(int index);

    /// <inheritdoc/>
    public abstract void SetArgument(int index, object value);

    /// <inheritdoc/>
    public abstract string GetMethodName();

    /// <inheritdoc/>
    public abstract MethodInfo GetMethod();

    /// <inheritdoc/>
    public abstract Type GetInterfaceType();

    /// <inheritdoc/>
    public virtual TimeSpan? GetDefaultResponseTimeout() => null;

    /// <inheritdoc/>
    public string GetInterfaceName() => Target.InterfaceName;

    /// <inheritdoc/>
    public string GetActivityName() => $"{GetInterfaceName()}/{GetMethodName()}";

    /// <inheritdoc/>
    public override string ToString() => $"{GetActivityName()} on {Target.GrainId}";
}
