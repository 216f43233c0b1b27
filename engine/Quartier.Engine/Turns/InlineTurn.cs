namespace Quartier.Engine.Turns;

/// <summary>A turn that runs on its caller's thread. Used by generated references: begun, one grain method called, ended.</summary>
public readonly struct InlineTurn
{
    private readonly Activation _activation;
    private readonly SynchronizationContext? _callersContext;
    private readonly ExecutionContext? _callersFlow;

    internal InlineTurn(Activation activation)
    {
        _activation = activation;
        _callersContext = SynchronizationContext.Current;
        _callersFlow = ExecutionContext.Capture();
        InlineDepth.Current++;
        SynchronizationContext.SetSynchronizationContext(activation);
    }

    /// <summary>The grain object to call.</summary>
    public object Grain => _activation.GrainInstance!;

    /// <summary>Ends the turn and gives the caller its answer.</summary>
    /// <param name="answer">What the method returned.</param>
    /// <param name="reference">Through which it was called.</param>
    /// <param name="options">From the method's attributes.</param>
    /// <param name="timeoutTicks">How long the caller waits by the method's own attribute; 0 for the silo's time.</param>
    public Task<TResult> End<TResult>(Task<TResult>? answer, EmbeddedGrainReference reference, CallOptions options, long timeoutTicks = 0)
    {
        if (answer is { IsCompletedSuccessfully: true })
        {
            Leave();
            _activation.ReleaseAfterInlineTurn();
            return answer;
        }

        return (Task<TResult>)EndSlowly<TResult>(answer ?? Task.FromResult<TResult>(default!), reference, options, timeoutTicks);
    }

    /// <inheritdoc cref="End{TResult}(Task{TResult}, EmbeddedGrainReference, CallOptions, long)"/>
    public Task End(Task? answer, EmbeddedGrainReference reference, CallOptions options, long timeoutTicks = 0)
    {
        if (answer is null or { IsCompletedSuccessfully: true })
        {
            Leave();
            _activation.ReleaseAfterInlineTurn();
            return Task.CompletedTask;
        }

        return EndSlowly<NoResult>(answer, reference, options, timeoutTicks);
    }

    internal void Leave()
    {
        InlineDepth.Current--;
        SynchronizationContext.SetSynchronizationContext(_callersContext);

        // What the grain set in the request context must not flow back to its caller.
        if (_callersFlow is not null && ExecutionContext.Capture() != _callersFlow)
        {
            ExecutionContext.Restore(_callersFlow);
        }
    }

    private Task EndSlowly<TResult>(Task answer, EmbeddedGrainReference reference, CallOptions options, long timeoutTicks)
    {
        if (answer.IsCompleted)
        {
            _activation.NoteOutcome(answer);
            Leave();
            _activation.Release();
            return (options & CallOptions.OneWay) == CallOptions.None ? answer : Lost<TResult>(answer, reference);
        }

        var call = new AdoptedCall<TResult>(reference, options, timeoutTicks);
        _activation.Begin(call, answer);
        Leave();
        _activation.Release();
        return call.HandOut();
    }

    private static Task<TResult> Lost<TResult>(Task answer, EmbeddedGrainReference reference)
    {
        if (answer.Exception?.InnerException is { } exception)
        {
            reference.Engine.Lost.Tell(exception, reference.ToString());
        }

        return Task.FromResult<TResult>(default!);
    }
}
