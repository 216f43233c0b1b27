using System.Runtime.CompilerServices;

namespace Quartier.Mqtt.Connections;

/// <summary>What <see cref="ServingLane.Yield()"/> gives to be awaited.</summary>
/// <param name="lane">Where to go on; null to stay.</param>
internal readonly struct LaneYield(ServingLane? lane) : ICriticalNotifyCompletion
{
    /// <summary>Only where there is nowhere to go.</summary>
    public bool IsCompleted => lane is null;

    /// <summary>Itself.</summary>
    public LaneYield GetAwaiter() => this;

    /// <summary>Nothing to get.</summary>
    public void GetResult()
    {
        // Going on is all that was awaited.
    }

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => lane!.Post(static next => ((Action)next!)(), continuation);
}
