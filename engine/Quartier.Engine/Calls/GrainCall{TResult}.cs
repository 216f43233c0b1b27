using Quartier.Engine.Turns;

namespace Quartier.Engine;

/// <summary>A call with the type of its result; <see cref="NoResult"/> for none.</summary>
public abstract class GrainCall<TResult> : GrainCall
{
    private readonly TaskCompletionSource<TResult>? _answer;

    /// <summary>A call through the reference.</summary>
    protected GrainCall(EmbeddedGrainReference target, CallOptions options)
        : base(target, options)
    {
        // The caller's continuation never runs within the turn of the called grain. Under a driver the answer has a turn of its own, because what
        // continues on the thread pool (Task.WhenAll, for one) would be out of the driver's hands.
        var continuing = target.Engine.Scheduler.RunsInline ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;
        _answer = Has(CallOptions.OneWay) ? null : new TaskCompletionSource<TResult>(continuing);
    }

    internal override bool IsAnswered => _answer is { Task.IsCompleted: true };

    internal override Task HandOut()
    {
        if (_answer is null)
        {
            return Task.FromResult<TResult>(default!);
        }

        Target.Engine.Awaited.Add(this);
        return _answer.Task;
    }

    internal override void AnswerWith(Task outcome)
    {
        if (_answer is null)
        {
            LogLostFailure(outcome);
            return;
        }

        if (Target.Engine.Scheduler.RunsInline)
        {
            Answer(outcome);
        }
        else
        {
            Target.Engine.Scheduler.Schedule(new AnswerTurn(() => Answer(outcome)));
        }
    }

    internal override void Fail(Exception exception)
    {
        if (_answer is null)
        {
            Target.Engine.Lost.Tell(exception, ToString());
            return;
        }

        _answer.TrySetException(exception);
        Target.Engine.Awaited.Remove(this);
    }

    internal override void Cancel(CancellationToken token)
    {
        _answer?.TrySetCanceled(token);
        Target.Engine.Awaited.Remove(this);
    }

    internal override Task Filtered(CallContext context) => FilteredResult(context);

    private static async Task<TResult> FilteredResult(CallContext context)
    {
        await context.Invoke().ConfigureAwait(true);
        return context.Result is TResult result ? result : default!;
    }

    internal override object? ResultOf(Task completed) => completed is Task<TResult> typed && typeof(TResult) != typeof(NoResult) ? typed.Result : null;

    private void Answer(Task outcome)
    {
        // Answered first, then no longer awaited: ResponseTimeouts.Add relies on this order.
        _ = outcome switch
        {
            Task<TResult> typed => _answer!.TrySetFromTask(typed),
            { IsFaulted: true } => _answer!.TrySetException(outcome.Exception!.InnerExceptions),
            { IsCanceled: true } => _answer!.TrySetCanceled(TokenOf(outcome)),
            _ => _answer!.TrySetResult(default!),
        };
        Target.Engine.Awaited.Remove(this);
    }

    private static CancellationToken TokenOf(Task canceled)
    {
        try
        {
            canceled.GetAwaiter().GetResult();
            return default;
        }
        catch (OperationCanceledException e)
        {
            return e.CancellationToken;
        }
    }

    private void LogLostFailure(Task outcome)
    {
        if (outcome.Exception?.InnerException is { } exception)
        {
            Target.Engine.Lost.Tell(exception, ToString());
        }
    }
}
