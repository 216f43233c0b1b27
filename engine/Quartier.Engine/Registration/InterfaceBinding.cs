using Orleans.Runtime;

namespace Quartier.Engine.Registration;

/// <summary>A grain interface bound to the grain class that implements it.</summary>
public abstract class InterfaceBinding
{
    internal abstract GrainKind Kind { get; }

    internal abstract GrainInterfaceType InterfaceType { get; }

    internal abstract GrainReference Cast(GrainReference reference, Type interfaceType);
}
