using Orleans.Runtime;
using Orleans.Timers;
using Quartier.Engine.Turns;

namespace Quartier.Engine.Timers;

/// <summary>Makes grain timers.</summary>
internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(grainContext);
        ArgumentNullException.ThrowIfNull(callback);
        var activation = (Activation)grainContext;
        var timer = new GrainTimer<TState>(activation, callback, state, options);
        timer.Change(options.DueTime, options.Period);
        activation.Details.Add(timer);
        return timer;
    }
}
