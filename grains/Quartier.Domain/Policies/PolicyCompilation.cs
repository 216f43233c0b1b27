using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Turns an effective policy and what is registered into the tables of a <see cref="CompiledPolicy"/>.</summary>
internal sealed class PolicyCompilation
{
    private readonly RegistrySnapshot _registry;
    private readonly PolicyDefinition _policy;
    private readonly CompiledStream[] _streams;

    private PolicyCompilation(EffectivePolicy? policy, RegistrySnapshot registry, string district)
    {
        _registry = registry;
        _policy = policy?.Merged ?? new PolicyDefinition(registry.City.Id, district, [], [], [], [], [], [], null);
        Texts = policy is null ? DecisionTexts.WithoutPolicy : new DecisionTexts(policy.Version);
        foreach (var purpose in _policy.Purposes)
        {
            Purposes.TryAdd(purpose.Id, Purposes.Count);
        }

        _streams = CompileStreams();
        foreach (var contract in _policy.Contracts)
        {
            Contracts.TryAdd(contract.Id, new CompiledContract(contract, Numbers(contract.Purposes)));
        }
    }

    public Dictionary<string, ReadSite[]> Sites { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, int> Purposes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, CompiledContract> Contracts { get; } = new(StringComparer.Ordinal);

    public PrincipalIndex Principals { get; } = new();

    public DecisionTexts Texts { get; }

    public static PolicyCompilation Of(EffectivePolicy? policy, RegistrySnapshot registry, string district)
    {
        var compilation = new PolicyCompilation(policy, registry, district);
        compilation.CompileSites(district);
        return compilation;
    }

    private CompiledStream[] CompileStreams()
    {
        var minimumUnits = (_policy.Publication ?? PublicationDefinition.Default).MinimumUnits;

        // A grant whose purpose is not in the policy was refused with its file; in a document made otherwise it grants nothing.
        var grants = _policy.Grants.Where(g => Purposes.ContainsKey(g.Purpose))
            .Select(g => new CompiledGrant(g, Numbered(g.Principals), Purposes[g.Purpose], Texts.Permit(g, minimumUnits)))
            .Order(Comparer<CompiledGrant>.Create(CompiledGrant.Compare))
            .ToList();
        var denials = _policy.Denials.OrderBy(d => d.Id, StringComparer.Ordinal)
            .Select(d => new CompiledDenial(d, Numbered(d.Principals), Numbers(d.Purposes)))
            .ToList();
        return
        [
            .. _policy.Streams.Select(s => new CompiledStream(
                s,
                Numbers(s.Purposes),
                [.. grants.Where(g => g.Definition.Streams.Contains(s.Id))],
                [.. denials.Where(d => d.Definition.Streams.IsEmpty || d.Definition.Streams.Contains(s.Id))])),
        ];
    }

    private void CompileSites(string district)
    {
        var matcher = new StreamMatcher(_policy.Streams);
        var shared = new Dictionary<(string Property, int Stream, string Outside), ReadSite>();
        foreach (var sensor in _registry.City.Sensors.Where(s => string.Equals(s.District, district, StringComparison.Ordinal)))
        {
            var sites = new ReadSite[sensor.Datastreams.Length];
            for (var i = 0; i < sites.Length; i++)
            {
                var property = sensor.Datastreams[i].Property;
                sites[i] = Compile(sensor, property, matcher.First(sensor, property), shared);
            }

            Sites[$"{sensor.Gateway}/{sensor.Id}"] = sites;
        }
    }

    /// <summary>Datastreams that no request tells apart share a site.</summary>
    private ReadSite Compile(
        SensorDefinition sensor, string property, int entry, Dictionary<(string Property, int Stream, string Outside), ReadSite> shared)
    {
        var stream = entry < 0 ? null : _streams[entry];
        var outside = stream is null ? null : Outside(sensor, stream);
        var key = (property, entry, outside is null ? "" : string.Concat(outside.Select(o => o ? '1' : '0')));
        if (!shared.TryGetValue(key, out var site))
        {
            site = new ReadSite(property, stream, outside);
            shared.Add(key, site);
        }

        return site;
    }

    private bool[]? Outside(SensorDefinition sensor, CompiledStream stream)
    {
        bool[]? outside = null;
        for (var i = 0; i < stream.Grants.Length; i++)
        {
            var area = stream.Grants[i].Definition.Area;
            if (!area.IsEmpty && !(SensorPlace.Of(sensor, _registry) is { } at && Ring.Contains(area, at)))
            {
                outside ??= new bool[stream.Grants.Length];
                outside[i] = true;
            }
        }

        return outside;
    }

    private int[] Numbered(ImmutableArray<string> principals) => [.. principals.Select(Principals.Add).Where(n => n >= 0)];

    private int[] Numbers(ImmutableArray<string> purposes) => [.. purposes.Where(Purposes.ContainsKey).Select(p => Purposes[p])];
}
