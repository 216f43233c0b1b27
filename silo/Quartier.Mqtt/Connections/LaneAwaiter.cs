using System.Runtime.CompilerServices;

namespace Quartier.Mqtt.Connections;

/// <summary>Goes on in a lane, always later: even on the lane's own thread whoever came before is served first.</summary>
internal readonly struct LaneAwaiter(ServingLane lane) : ICriticalNotifyCompletion
{
    /// <summary>Never.</summary>
    public bool IsCompleted => false;

    /// <summary>Nothing to get.</summary>
    public void GetResult()
    {
        // Going on is all that was awaited.
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => lane.Post(static next => ((Action)next!)(), continuation);
}
