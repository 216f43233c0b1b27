using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Domain.Policies;

namespace Quartier.Domain.Retention;

/// <summary>What registry and policies say about how long each datastream is kept, and to which district it belongs.</summary>
public sealed class RetentionBook
{
    private readonly Dictionary<string, (string City, string District)> _districts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), string> _versions = [];

    private RetentionBook(ImmutableArray<DatastreamTerms> terms) => Terms = terms;

    /// <summary>The terms of every registered datastream.</summary>
    public ImmutableArray<DatastreamTerms> Terms { get; private set; }

    /// <summary>Reads registry and policies. What no policy covers is in quarantine: kept for a day, and nothing is rolled up.</summary>
    /// <param name="registry">The cities.</param>
    /// <param name="policies">The policies in force; null when there are none anywhere.</param>
    public static RetentionBook Of(IRegistry registry, IPolicies? policies)
    {
        var book = new RetentionBook([]);
        var terms = ImmutableArray.CreateBuilder<DatastreamTerms>();
        foreach (var snapshot in registry.Cities.Select(registry.Find).OfType<RegistrySnapshot>().OrderBy(s => s.City.Id, StringComparer.Ordinal))
        {
            book.Add(snapshot, policies?.Find(snapshot.City.Id), terms);
        }

        book.Terms = terms.ToImmutable();
        return book;
    }

    /// <summary>City and district of a datastream; the district is empty when its sensor is not registered.</summary>
    public (string City, string District) PlaceOf(DatastreamKey key) =>
        _districts.TryGetValue(key.SensorKey, out var place) ? place : (key.SensorKey.Split('/')[0], string.Empty);

    /// <summary>The version of the policy that holds in a district; null when none does.</summary>
    public string? PolicyVersion(string city, string district) => _versions.GetValueOrDefault((city, district));

    private void Add(RegistrySnapshot snapshot, PolicySnapshot? policies, ImmutableArray<DatastreamTerms>.Builder terms)
    {
        var city = snapshot.City;
        var compiled = new Dictionary<string, CompiledPolicy>(StringComparer.Ordinal);
        foreach (var (district, policy) in policies?.Districts ?? ImmutableDictionary<string, EffectivePolicy>.Empty)
        {
            compiled[district] = CompiledPolicy.Compile(policy, snapshot, district);
            _versions[(city.Id, district)] = policy.Version;
        }

        foreach (var sensor in city.Sensors)
        {
            var key = $"{city.Id}/{sensor.Gateway}/{sensor.Id}";
            _districts[key] = (city.Id, sensor.District);
            var policy = compiled.GetValueOrDefault(sensor.District);
            terms.AddRange(sensor.Datastreams.Select(datastream => new DatastreamTerms(
                new(key, datastream.Property), TermsOf(datastream, policy, $"{sensor.Gateway}/{sensor.Id}"), city.TimeZone)));
        }
    }

    private static RetentionDefinition TermsOf(DatastreamDefinition datastream, CompiledPolicy? policy, string sensor)
    {
        var stream = policy?.Stream(sensor, datastream.Property);
        var raw = StreamTerms.Apply(datastream, stream).RetentionDays;
        return new(raw, Longer(stream?.Retention.HourDays ?? 0, raw), Longer(stream?.Retention.DayDays ?? 0, raw));
    }

    private static int Longer(int days, int raw) => days > raw ? days : 0;
}
