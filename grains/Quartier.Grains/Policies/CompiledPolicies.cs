using System.Collections.Concurrent;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Grains.Policies;

/// <summary>
/// What holds in each district, compiled once for each version of policy and registry, when it is first asked for: the district decides by it, and
/// its sensors store by it.
/// </summary>
public sealed class CompiledPolicies(IPolicies policies, IRegistry registry)
{
    /// <summary>Districts remembered: more than all cities of a land have; beyond that all are compiled anew.</summary>
    private const int MaxDistricts = 10_000;

    private readonly ConcurrentDictionary<(string City, string District), Compilation> _compiled = new();

    /// <summary>The district's policy, in which everything is in quarantine when there is none; null when the city is not registered.</summary>
    internal CompiledPolicy? Of(string city, string district)
    {
        if (registry.Find(city) is not { } snapshot)
        {
            return null;
        }

        var policy = policies.Find(city)?.Districts.GetValueOrDefault(district);
        if (_compiled.TryGetValue((city, district), out var known) && known.IsOf(policy, snapshot))
        {
            return known.Compiled;
        }

        if (_compiled.Count >= MaxDistricts)
        {
            _compiled.Clear();
        }

        var compiled = CompiledPolicy.Compile(policy, snapshot, district);
        _compiled[(city, district)] = new(policy, snapshot, compiled);
        return compiled;
    }

    private sealed record Compilation(EffectivePolicy? Policy, RegistrySnapshot Registry, CompiledPolicy Compiled)
    {
        public bool IsOf(EffectivePolicy? policy, RegistrySnapshot registry) => ReferenceEquals(Policy, policy) && ReferenceEquals(Registry, registry);
    }
}
