namespace Quartier.Engine.Turns;

/// <summary>The rest of an asynchronous method of the grain, after an <c>await</c>.</summary>
internal sealed class Continuation(SendOrPostCallback callback, object? state) : WorkItem
{
    internal override void RunTurn(Activation activation) => callback(state);
}
