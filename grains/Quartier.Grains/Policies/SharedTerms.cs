using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Grains.Policies;

/// <summary>
/// Datastreams on the terms of the policy, once for all sensors of the same model on the same terms: with 100,000 sensors the difference is most
/// of the memory, and compiled rules are shared by these very arrays.
/// </summary>
public sealed class SharedTerms
{
    /// <summary>Models remembered; a registry that is applied again brings new arrays, so the old ones must go some time.</summary>
    private const int MaxModels = 10_000;

    private readonly ConcurrentDictionary<(ImmutableArray<DatastreamDefinition> Registered, string Terms), ImmutableArray<DatastreamDefinition>> _shared = new();

    /// <summary>The sensor's datastreams with the stricter class and the shorter retention; in quarantine where the policy has no entry.</summary>
    internal ImmutableArray<DatastreamDefinition> Of(SensorDefinition sensor, CompiledPolicy? policy)
    {
        var name = $"{sensor.Gateway}/{sensor.Id}";
        var registered = sensor.Datastreams;
        var applied = Array.ConvertAll([.. registered], d => StreamTerms.Apply(d, policy?.Stream(name, d.Property)));
        if (applied.Zip(registered).All(pair => ReferenceEquals(pair.First, pair.Second)))
        {
            return registered;
        }

        if (_shared.Count >= MaxModels)
        {
            _shared.Clear();
        }

        var terms = string.Concat(applied.Select(d => string.Create(CultureInfo.InvariantCulture, $"{(int)d.Class}:{d.RetentionDays};")));
        return _shared.GetOrAdd((registered, terms), static (_, made) => [.. made], applied);
    }
}
