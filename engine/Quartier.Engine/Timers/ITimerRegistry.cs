using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Makes grain timers; grains use the extension <c>RegisterGrainTimer</c>.</summary>
public interface ITimerRegistry
{
    /// <summary>A timer of the activation.</summary>
    IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options);
}
