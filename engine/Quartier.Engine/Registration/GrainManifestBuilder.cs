using Orleans.Runtime;

namespace Quartier.Engine.Registration;

/// <summary>Collects what the manifests name.</summary>
public sealed class GrainManifestBuilder
{
    private readonly Dictionary<Type, InterfaceEntry> _interfaces = [];
    private readonly Dictionary<Type, ClassEntry> _classes = [];

    internal GrainManifestBuilder()
    {
    }

    internal IReadOnlyDictionary<Type, InterfaceEntry> Interfaces => _interfaces;

    internal IReadOnlyDictionary<Type, ClassEntry> Classes => _classes;

    /// <summary>A grain interface with its stable name and its reference's constructor.</summary>
    public GrainManifestBuilder Interface(Type type, string name, Func<InterfaceBinding, string, GrainReference> reference)
    {
        _interfaces[type] = new InterfaceEntry(type, name, reference);
        return this;
    }

    /// <summary>A grain class with the name of its grain type and its constructor.</summary>
    public GrainManifestBuilder Class(Type type, string name, Func<GrainParts, object> create)
    {
        _classes[type] = new ClassEntry(type, name, create);
        return this;
    }

    internal sealed record InterfaceEntry(Type Type, string Name, Func<InterfaceBinding, string, GrainReference> Reference);

    internal sealed record ClassEntry(Type Type, string Name, Func<GrainParts, object> Create);
}
