using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Publication;

namespace Quartier.Api.OpenData;

/// <summary>Finds what a stream entry covers. A city's streams are worked out once for each version of its policies and registry.</summary>
internal sealed class PublishedStreams(IPolicies policies)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Streams> _cities = new(StringComparer.Ordinal);

    public Outcome<PublishedStream> Find(CityIndex city, string stream, string property)
    {
        var streams = Of(city);
        return streams.ByName.GetValueOrDefault((stream, property)) is { } found
            ? found
            : Problems.Unknown(
                "published stream",
                $"{stream}/{property}",
                streams.ByName.Keys.Select(k => $"{k.Stream}/{k.Property}"),
                $"GET /open/cities/{city.Id}/streams lists those that the city's policy names.");
    }

    /// <summary>Everything that the city's policies name, in order.</summary>
    public IEnumerable<PublishedStream> All(CityIndex city) =>
        Of(city).ByName.OrderBy(s => s.Key).Select(s => s.Value);

    private Streams Of(CityIndex city)
    {
        var version = (policies.Find(city.Id)?.Sequence ?? 0, city.Snapshot.Version);
        lock (_gate)
        {
            if (_cities.TryGetValue(city.Id, out var known) && known.Version == version)
            {
                return known;
            }
        }

        var made = new Streams(version, Make(city, policies.Find(city.Id)));
        lock (_gate)
        {
            _cities[city.Id] = made;
        }

        return made;
    }

    private static Dictionary<(string Stream, string Property), PublishedStream> Make(CityIndex city, PolicySnapshot? policy)
    {
        var found = (policy?.Districts ?? ImmutableDictionary<string, EffectivePolicy>.Empty)
            .SelectMany(district => Covered(city, district.Key, district.Value))
            .GroupBy(c => (c.Policy.Id, c.Datastream.Property))
            .ToDictionary(g => g.Key, g => g.ToList());
        var rules = Strictest(policy);
        return found.ToDictionary(f => f.Key, f => Make(city, f.Key, f.Value, rules, PublicationTerms.KeptDays(policy, f.Key.Id)));
    }

    private static IEnumerable<(SensorDefinition Sensor, DatastreamDefinition Datastream, StreamPolicy Policy)> Covered(
        CityIndex city, string district, EffectivePolicy effective)
    {
        var compiled = CompiledPolicy.Compile(effective, city.Snapshot, district);
        return city.SensorsOf(district).Items
            .SelectMany(s => s.Datastreams, (s, d) => (Sensor: s, Datastream: d, Policy: compiled.Stream(CityIndex.KeyOf(s), d.Property)))
            .Where(c => c.Policy is not null)
            .Select(c => (c.Sensor, c.Datastream, c.Policy!));
    }

    private static PublishedStream Make(
        CityIndex city,
        (string Stream, string Property) name,
        List<(SensorDefinition Sensor, DatastreamDefinition Datastream, StreamPolicy Policy)> sensors,
        PublicationDefinition rules,
        int keptDays)
    {
        // A stream whose sensors differ is published by the rule that protects more.
        var measure = sensors.Exists(s => s.Policy.CountsPeople) ? CellMeasure.People
            : sensors.TrueForAll(s => s.Datastream.SumInDistrict) ? CellMeasure.Sum : CellMeasure.Mean;
        var placed = sensors
            .OrderBy(s => CityIndex.KeyOf(s.Sensor), StringComparer.Ordinal)
            .Select(s => (s.Sensor, Cell: CellOf(city, s.Sensor, rules.GridMetres)))
            .Where(s => s.Cell.Length > 0)
            .ToImmutableArray();
        return new(city, name.Stream, name.Property, sensors[0].Datastream.Unit, measure, rules, placed, keptDays);
    }

    /// <summary>On a grid, a sensor is where its asset is when it has no position of its own; without any it is in no cell and in no total.</summary>
    private static string CellOf(CityIndex city, SensorDefinition sensor, int gridMetres)
    {
        if (gridMetres == 0)
        {
            return sensor.District;
        }

        var position = sensor.Location ?? (sensor.Asset is { } asset ? city.Snapshot.Asset(asset)?.Location : null);
        return position is { } known ? PublishedGrid.CellOf(known, gridMetres) : string.Empty;
    }

    /// <summary>One table over the whole city has one set of rules: of each the strictest that a district asks for, and one geography.</summary>
    private static PublicationDefinition Strictest(PolicySnapshot? policy)
    {
        var all = (policy?.Districts.Values ?? []).Select(d => d.Merged.Publication ?? PublicationDefinition.Default).ToList();
        return all.Count == 0
            ? PublicationDefinition.Default
            : new(
                all.Max(p => p.MinimumUnits), all.Max(p => p.PerturbationVariance), all.Max(p => p.PerturbationMax), all.Max(p => p.RoundTo), all.Max(p => p.GridMetres));
    }

    private sealed record Streams((long Policy, long Registry) Version, Dictionary<(string Stream, string Property), PublishedStream> ByName);
}
