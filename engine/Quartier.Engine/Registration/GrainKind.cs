using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Quartier.Engine.Turns;

namespace Quartier.Engine.Registration;

/// <summary>A grain class and its activations in this process.</summary>
internal sealed class GrainKind
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);
    private readonly Func<GrainParts, object> _create;

    public GrainKind(GrainEngine engine, Type type, string name, Func<GrainParts, object> create)
    {
        Engine = engine;
        Type = type;
        GrainType = new GrainType(new IdSpan(name));
        _create = create;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        FiltersItself = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        var disposes = typeof(IDisposable).IsAssignableFrom(type) || typeof(IAsyncDisposable).IsAssignableFrom(type);
        TidiesUp = disposes || Overrides(nameof(Grain.OnDeactivateAsync));
        PreparesItself = Overrides(nameof(Grain.OnActivateAsync));
        CollectionGenerations = engine.GenerationsIn(AgeLimit());
    }

    public GrainEngine Engine { get; }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public bool FiltersItself { get; }

    /// <summary>Whether calls pass through filters on arrival.</summary>
    public bool IsFiltered => FiltersItself || Engine.IncomingFilters.Length > 0;

    /// <summary>Whether the class has something to do on activation.</summary>
    public bool PreparesItself { get; }

    /// <summary>Whether the class has something to do on deactivation.</summary>
    public bool TidiesUp { get; }

    /// <summary>How many sweeps an activation must have been idle to be collected.</summary>
    public int CollectionGenerations { get; }

    public ICollection<Activation> Activations => _activations.Values;

    public int Count => _activations.Count;

    public object Create(Activation activation) => _create(new GrainParts(activation));

    public IIncomingGrainCallFilter[] FiltersFor(object grain) =>
        FiltersItself ? [.. Engine.IncomingFilters, (IIncomingGrainCallFilter)grain] : Engine.IncomingFilters;

    public Activation? Find(string key) => _activations.GetValueOrDefault(key);

    public Activation FindOrCreate(string key, out bool created)
    {
        created = false;
        while (true)
        {
            if (_activations.TryGetValue(key, out var found))
            {
                return found;
            }

            var activation = new Activation(this, key);
            if (_activations.TryAdd(key, activation))
            {
                created = true;
                return activation;
            }
        }
    }

    public void Forget(Activation activation) => _activations.TryRemove(new KeyValuePair<string, Activation>(activation.Key, activation));

    /// <summary>A reference through one of the class's own interfaces.</summary>
    public EmbeddedGrainReference OwnReference(string key) => (EmbeddedGrainReference)Engine.Directory.OwnBinding(this).Refer(key);

    private bool Overrides(string method) =>
        !typeof(Grain).IsAssignableFrom(Type) || Type.GetMethod(method)?.DeclaringType != typeof(Grain);

    private TimeSpan AgeLimit()
    {
        var options = Engine.Collection;
        if (Type.IsDefined(typeof(KeepAliveAttribute), inherit: true))
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (Type.FullName is { } name && options.ClassSpecificCollectionAge.TryGetValue(name, out var age))
        {
            return age;
        }

        var limit = Type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        return limit is null ? options.CollectionAge : limit.AlwaysActive ? Timeout.InfiniteTimeSpan : limit.AgeLimit;
    }
}
