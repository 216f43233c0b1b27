using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using Orleans.Runtime;

namespace Quartier.Engine.Registration;

/// <summary>Which grain interfaces and classes there are, and which class implements which interface.</summary>
internal sealed class GrainDirectory
{
    private readonly FrozenDictionary<Type, GrainManifestBuilder.InterfaceEntry> _interfaces;
    private readonly FrozenDictionary<string, GrainKind> _kindsByName;
    private readonly FrozenDictionary<Type, InterfaceBinding> _bindings;
    private readonly ConcurrentDictionary<(Type Interface, GrainKind Kind), InterfaceBinding> _others = new();
    private readonly ConcurrentDictionary<GrainKind, InterfaceBinding> _own = new();

    public GrainDirectory(GrainEngine engine, GrainManifestBuilder manifest)
    {
        _interfaces = manifest.Interfaces.ToFrozenDictionary();
        Kinds = [.. manifest.Classes.Values.Select(entry => new GrainKind(engine, entry.Type, entry.Name, entry.Create))];
        _kindsByName = ByName(Kinds);
        _bindings = BindUnambiguous().ToFrozenDictionary();
    }

    public IReadOnlyList<GrainKind> Kinds { get; }

    public int InterfaceCount => _interfaces.Count;

    /// <summary>The interface as implemented by the one class that implements it.</summary>
    /// <exception cref="ArgumentException">No class implements it, or several do.</exception>
    public InterfaceBinding Bind(Type type) => _bindings.TryGetValue(type, out var binding) ? binding : throw Unbound(type);

    /// <summary>The interface as implemented by the class.</summary>
    public InterfaceBinding Bind(Type type, GrainKind kind)
    {
        if (_bindings.TryGetValue(type, out var binding) && binding.Kind == kind)
        {
            return binding;
        }

        return _others.GetOrAdd((type, kind), static (pair, directory) => directory.MakeBinding(pair.Interface, pair.Kind), this);
    }

    public InterfaceBinding OwnBinding(GrainKind kind) => _own.GetOrAdd(kind, FirstBinding);

    public GrainKind KindOf(GrainType type) =>
        _kindsByName.TryGetValue(type.ToString(), out var kind) ? kind : throw new ArgumentException($"There is no grain type \"{type}\".", nameof(type));

    private static FrozenDictionary<string, GrainKind> ByName(IReadOnlyList<GrainKind> kinds)
    {
        var twice = kinds.GroupBy(kind => kind.GrainType.ToString(), StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any());
        if (twice is not null)
        {
            throw new OrleansConfigurationException(
                $"The grain type \"{twice.Key}\" is claimed by {string.Join(" and ", twice.Select(kind => kind.Type.FullName))}; rename one.");
        }

        return kinds.ToFrozenDictionary(kind => kind.GrainType.ToString(), StringComparer.Ordinal);
    }

    private Dictionary<Type, InterfaceBinding> BindUnambiguous()
    {
        var bindings = new Dictionary<Type, InterfaceBinding>();
        foreach (var type in _interfaces.Keys)
        {
            var kinds = KindsOf(type);
            if (kinds.Count == 1)
            {
                bindings.Add(type, MakeBinding(type, kinds[0]));
            }
        }

        return bindings;
    }

    private List<GrainKind> KindsOf(Type type) => [.. Kinds.Where(kind => type.IsAssignableFrom(kind.Type))];

    private InterfaceBinding FirstBinding(GrainKind kind)
    {
        var first = _interfaces.Keys.Where(type => type.IsAssignableFrom(kind.Type)).OrderBy(type => type.FullName, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new ArgumentException($"{kind.Type} implements no grain interface.", nameof(kind));
        return Bind(first, kind);
    }

    private InterfaceBinding MakeBinding(Type type, GrainKind kind)
    {
        if (!_interfaces.TryGetValue(type, out var entry) || !type.IsAssignableFrom(kind.Type))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{kind.Type} does not implement {type} as a grain interface known to the engine."));
        }

        return new InterfaceBinding(kind, type, entry.Name, entry.Reference);
    }

    private ArgumentException Unbound(MemberInfo type)
    {
        var kinds = type is Type asType ? KindsOf(asType) : [];
        return new ArgumentException(
            kinds.Count == 0
                ? $"Could not find an implementation for interface {type}."
                : $"Several grain classes implement {type}: {string.Join(", ", kinds.Select(kind => kind.Type.FullName))}.");
    }
}
