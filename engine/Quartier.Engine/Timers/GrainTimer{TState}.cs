using Orleans.Runtime;
using Quartier.Engine.Turns;

namespace Quartier.Engine.Timers;

/// <summary>A timer with its callback.</summary>
internal sealed class GrainTimer<TState>(
    Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    : GrainTimer(activation, options)
{
    protected override Task Run(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
