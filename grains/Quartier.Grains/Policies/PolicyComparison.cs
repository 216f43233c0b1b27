using System.Collections.Immutable;
using Quartier.Contracts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Policies;

namespace Quartier.Grains.Policies;

/// <summary>What a document would change if it were in force: shown to whoever proposes and whoever approves it.</summary>
internal sealed class PolicyComparison(IGrainFactory grains, PolicyPorts ports, RegistrySnapshot registry)
{
    /// <summary>Most changes that are listed: nobody reads more, and the rest is counted.</summary>
    private const int MaxListed = 1_000;

    /// <summary>Most datastreams whose readings are counted in one comparison: each asks its sensor and the summaries of its blocks.</summary>
    private const int MaxCounted = 2_000;

    private const long DayMs = 24 * 60 * 60 * 1000;

    private readonly List<PolicyAccessChange> _access = [];
    private readonly List<PolicyRetentionChange> _retention = [];
    private readonly List<string> _newDenials = [];
    private readonly List<string> _endedDenials = [];
    private int _counted;

    /// <summary>Compares what is in force with what would be.</summary>
    /// <param name="book">The city's documents.</param>
    /// <param name="policy">The document.</param>
    /// <param name="nowMs">The time at which both are judged.</param>
    public async Task<PolicyDifference> OfAsync(PolicyBook book, PolicyDefinition policy, long nowMs)
    {
        var districts = registry.City.Districts.Select(d => d.Id).Where(id => policy.District is null || string.Equals(policy.District, id, StringComparison.Ordinal));
        foreach (var district in districts)
        {
            await AddAsync(book, policy, district, nowMs);
        }

        return new(
            policy.District,
            [],
            [.. _access.Take(MaxListed)],
            Math.Max(0, _access.Count - MaxListed),
            [.. _retention.Take(MaxListed)],
            Math.Max(0, _retention.Count - MaxListed),
            [.. _newDenials],
            [.. _endedDenials]);
    }

    private async Task AddAsync(PolicyBook book, PolicyDefinition policy, string district, long nowMs)
    {
        var before = ports.Policies.Find(policy.City)?.Districts.GetValueOrDefault(district);
        var after = policy.District is null
            ? PolicyInheritance.Merge(policy, book.Newest(null) + 1, book.Definition(district, nowMs), before?.DistrictVersion ?? 0, district)
            : PolicyInheritance.Merge(book.Definition(null, nowMs), before?.CityVersion ?? 0, policy, book.Newest(district) + 1, district);
        var impact = PolicyImpact.Between(before, after, registry, district, nowMs);
        _access.AddRange(impact.Access.Select(a => new PolicyAccessChange(
            district, a.Principal, a.Purpose, a.Stream, Reach(a.Before), Reach(a.After), a.Datastreams, a.Example)));
        _newDenials.AddRange(impact.NewDenials.Select(id => $"{district}/{id}"));
        _endedDenials.AddRange(impact.EndedDenials.Select(id => $"{district}/{id}"));
        if (!impact.Shorter.IsEmpty)
        {
            await CountAsync(impact.Shorter, Shortened(policy.City, district, after), district, nowMs);
        }
    }

    private static PolicyReach? Reach(ReadAccess? access) => access is null ? null : new(access.Sensor, access.Cell, access.UntilMs);

    /// <summary>Datastreams whose readings would be kept for less time, by the entry that would hold and their days before and after.</summary>
    private ILookup<(string Stream, int Before, int After), (SensorDefinition Sensor, string Property)> Shortened(
        string city, string district, EffectivePolicy after)
    {
        var (old, next) = (ports.Compiled.Of(city, district), CompiledPolicy.Compile(after, registry, district));
        return registry.City.Sensors
            .Where(s => string.Equals(s.District, district, StringComparison.Ordinal))
            .SelectMany(s => s.Datastreams, (sensor, datastream) => (Sensor: sensor, Datastream: datastream, Name: $"{sensor.Gateway}/{sensor.Id}"))
            .Select(s => (s.Sensor, s.Datastream, Before: old?.Stream(s.Name, s.Datastream.Property), After: next.Stream(s.Name, s.Datastream.Property)))
            .ToLookup(
                s => (s.After?.Id ?? "quarantine", StreamTerms.Apply(s.Datastream, s.Before).RetentionDays, StreamTerms.Apply(s.Datastream, s.After).RetentionDays),
                s => (s.Sensor, s.Datastream.Property));
    }

    private async Task CountAsync(
        ImmutableArray<RetentionChange> changes,
        ILookup<(string Stream, int Before, int After), (SensorDefinition Sensor, string Property)> datastreams,
        string district,
        long nowMs)
    {
        foreach (var change in changes)
        {
            var (readings, due, uncounted) = (0L, 0L, 0);
            var concerned = change.After.RawDays < change.Before.RawDays ? datastreams[(change.Stream, change.Before.RawDays, change.After.RawDays)] : [];
            foreach (var (sensor, property) in concerned)
            {
                if (_counted++ >= MaxCounted)
                {
                    uncounted++;
                    continue;
                }

                var number = await NumberAsync(sensor, property);
                var dueTo = Math.Max(0, (((nowMs / DayMs) - change.After.RawDays) * DayMs));
                readings += await CountAsync(number, nowMs + DayMs);
                due += await CountAsync(number, dueTo);
            }

            _retention.Add(new(district, change.Stream, change.Before, change.After, change.Datastreams, change.Example, readings, due, uncounted));
        }
    }

    private async Task<int> NumberAsync(SensorDefinition sensor, string property)
    {
        var state = await grains.GetGrain<ISensorGrain>(GrainKeys.Sensor(registry.City.Id, sensor.Gateway, sensor.Id)).GetState();
        var index = sensor.Datastreams.ToList().FindIndex(d => string.Equals(d.Property, property, StringComparison.Ordinal));
        return index < state.Datastreams.Length ? state.Datastreams[index].Number : 0;
    }

    /// <summary>Readings up to the time, in one window: the store then adds up the summaries of its blocks.</summary>
    private async Task<long> CountAsync(int number, long toMs)
    {
        if (number == 0 || toMs <= 0)
        {
            return 0;
        }

        var rows = await ports.Readings.AggregateAsync(number, 0, toMs, toMs, 0, CancellationToken.None);
        return rows.Sum(r => r.Count);
    }
}
