using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that leaves a grain or another caller.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The calling activation; null when the caller is not a grain.</summary>
    IGrainContext? SourceContext { get; }
}
