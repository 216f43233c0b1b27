using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Domain.Registers;

/// <summary>
/// What the policies of a city cover of its datastreams. It costs a look at each datastream and depends on nothing but registry and policies, so that it can
/// be kept until one of them changes: a record is then written in the time that its own length takes, in a city of 100,000 sensors too. Immutable.
/// </summary>
public sealed class CityCoverage
{
    private readonly RegistrySnapshot _registry;
    private readonly PolicySnapshot? _policies;
    private readonly Dictionary<(string District, string Entry), CoveredStreams> _covered = [];
    private readonly HashSet<string> _used;

    /// <summary>Counts.</summary>
    /// <param name="registry">What is registered.</param>
    /// <param name="policies">What is in force; null without any policy.</param>
    public CityCoverage(RegistrySnapshot registry, PolicySnapshot? policies)
    {
        ArgumentNullException.ThrowIfNull(registry);
        (_registry, _policies) = (registry, policies);
        var districts = registry.City.Districts.ToDictionary(
            d => d.Id, d => new DistrictCoverage(policies?.Districts.GetValueOrDefault(d.Id)), StringComparer.Ordinal);
        Quarantined = [.. Count(registry.City.Sensors, districts).Order(StringComparer.Ordinal)];
        foreach (var (id, district) in districts)
        {
            foreach (var (entry, covered) in district.Counted)
            {
                _covered[(id, entry)] = _covered.TryGetValue((id, entry), out var others) ? others.With(covered) : covered;
            }
        }

        _used = _covered.Keys.Select(k => k.Entry).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Datastreams that no policy covers, as <c>gateway/sensor/property</c>, in ordinal order.</summary>
    internal ImmutableArray<string> Quarantined { get; }

    /// <summary>Whether it was counted over these very snapshots.</summary>
    /// <param name="registry">What is registered now.</param>
    /// <param name="policies">What is in force now.</param>
    public bool IsOf(RegistrySnapshot registry, PolicySnapshot? policies) => ReferenceEquals(_registry, registry) && ReferenceEquals(_policies, policies);

    /// <summary>What an entry covers in a district; null when that is nothing.</summary>
    internal CoveredStreams? Find(string district, string entry) => _covered.GetValueOrDefault((district, entry));

    /// <summary>Whether the entry covers something in some district.</summary>
    internal bool IsUsed(string entry) => _used.Contains(entry);

    private static IEnumerable<string> Count(ImmutableArray<SensorDefinition> sensors, Dictionary<string, DistrictCoverage> districts)
    {
        foreach (var sensor in sensors)
        {
            var district = districts[sensor.District];
            foreach (var datastream in sensor.Datastreams)
            {
                if (!district.TryCount(sensor, datastream))
                {
                    yield return $"{sensor.Gateway}/{sensor.Id}/{datastream.Property}";
                }
            }
        }
    }

    /// <summary>Counts in one district, by the place of the entry in its policy.</summary>
    private sealed class DistrictCoverage(EffectivePolicy? effective)
    {
        private readonly ImmutableArray<StreamPolicy> _entries = effective?.Merged.Streams ?? [];
        private readonly StreamMatcher _matcher = new(effective?.Merged.Streams ?? []);
        private readonly CoveredStreams?[] _counted = new CoveredStreams?[effective?.Merged.Streams.Length ?? 0];

        public IEnumerable<(string Entry, CoveredStreams Covered)> Counted =>
            from i in Enumerable.Range(0, _counted.Length)
            where _counted[i] is not null
            select (_entries[i].Id, _counted[i]!);

        public bool TryCount(SensorDefinition sensor, DatastreamDefinition datastream)
        {
            var index = _matcher.First(sensor, datastream.Property);
            if (index < 0)
            {
                return false;
            }

            var terms = StreamTerms.Apply(datastream, _entries[index]);
            var one = new CoveredStreams(1, terms.RetentionDays, terms.Class);
            _counted[index] = _counted[index]?.With(one) ?? one;
            return true;
        }
    }
}
