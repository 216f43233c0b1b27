using Orleans.Runtime;

namespace Quartier.Engine.Registration;

/// <summary>A grain interface bound to the grain class that implements it; shared by all its references.</summary>
public sealed class InterfaceBinding
{
    private readonly Func<InterfaceBinding, string, GrainReference> _reference;

    internal InterfaceBinding(GrainKind kind, Type type, string name, Func<InterfaceBinding, string, GrainReference> reference)
    {
        Kind = kind;
        Interface = type;
        InterfaceType = new GrainInterfaceType(new IdSpan(name));
        _reference = reference;
        IsDirect = kind.Engine.Scheduler.RunsInline && kind.Engine.OutgoingFilters.Length == 0 && !kind.IsFiltered;
    }

    internal GrainKind Kind { get; }

    internal GrainEngine Engine => Kind.Engine;

    internal Type Interface { get; }

    internal GrainInterfaceType InterfaceType { get; }

    /// <summary>Whether a call may go straight to the grain object.</summary>
    internal bool IsDirect { get; }

    internal GrainReference Refer(string key) => _reference(this, key);

    internal GrainReference Cast(GrainReference reference, Type interfaceType)
    {
        if (interfaceType.IsInstanceOfType(reference))
        {
            return reference;
        }

        return Engine.Directory.Bind(interfaceType, Kind).Refer(reference.Key);
    }
}
