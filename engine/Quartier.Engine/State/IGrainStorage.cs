using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps grain states. Registered by name; several calls for different grains come at the same time.</summary>
[SuppressMessage("Usage", "MA0040", Justification = "The overload with a token is the method itself: passing the token would recurse.")]
public interface IGrainStorage
{
    /// <summary>Reads into <paramref name="grainState"/>. When nothing is stored, <c>RecordExists</c> is false and the state is left or made new.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>As the shorter one; may stop on cancellation.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ReadStateAsync(stateName, grainId, grainState);

    /// <summary>Stores the state if its version is still the stored one, and sets the new version.</summary>
    /// <exception cref="InconsistentStateException">Another version is stored.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>As the shorter one; may stop on cancellation.</summary>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteStateAsync(stateName, grainId, grainState);

    /// <summary>Removes the state if its version is still the stored one.</summary>
    /// <exception cref="InconsistentStateException">Another version is stored.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>As the shorter one; may stop on cancellation.</summary>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ClearStateAsync(stateName, grainId, grainState);
}
