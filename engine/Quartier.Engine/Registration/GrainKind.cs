using Orleans.Runtime;

namespace Quartier.Engine.Registration;

/// <summary>A grain class as the engine knows it.</summary>
internal sealed class GrainKind
{
    public required GrainType GrainType { get; init; }
}
