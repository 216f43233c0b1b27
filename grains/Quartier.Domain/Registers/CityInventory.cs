using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Domain.Registers;

/// <summary>What records are written from: each district with what its policy covers, counted once; in ordinal order of ids.</summary>
internal sealed class CityInventory
{
    private readonly Dictionary<(string District, string Entry), CoveredStreams> _covered = [];
    private readonly Dictionary<string, OfficeDefinition> _offices;
    private readonly HashSet<string> _used;

    public CityInventory(RegisterBasis basis)
    {
        Basis = basis;
        var city = basis.Registry.City;
        Districts = [.. city.Districts.OrderBy(d => d.Id, StringComparer.Ordinal).Select(d => new DistrictBasis(d, basis))];
        _offices = city.Offices.DistinctBy(o => o.Id, StringComparer.Ordinal).ToDictionary(o => o.Id, StringComparer.Ordinal);
        Quarantined = [.. Cover(city).Order(StringComparer.Ordinal)];
        _used = _covered.Keys.Select(k => k.Entry).ToHashSet(StringComparer.Ordinal);
    }

    public RegisterBasis Basis { get; }

    public CityDefinition City => Basis.Registry.City;

    public ImmutableArray<DistrictBasis> Districts { get; }

    /// <summary>Datastreams that no policy covers, as <c>gateway/sensor/property</c>.</summary>
    public ImmutableArray<string> Quarantined { get; }

    public ImmutableArray<PolicyInForce> Policies => [.. Districts.Select(d => new PolicyInForce(d.District.Id, d.District.Name, d.Effective?.Version))];

    public ImmutableArray<OfficeDefinition> Offices => [.. _offices.Values.OrderBy(o => o.Id, StringComparer.Ordinal)];

    /// <summary>
    /// The stream entries of a district's policy, by id. What the city's document says of sensors in other districts is left out; what covers nothing
    /// anywhere is not, because it may be collected any day.
    /// </summary>
    public IEnumerable<StreamPolicy> Entries(DistrictBasis district) => (district.Policy?.Streams ?? [])
        .Where(s => _covered.ContainsKey((district.District.Id, s.Id)) || !_used.Contains(s.Id))
        .OrderBy(s => s.Id, StringComparer.Ordinal);

    public OfficeDefinition Office(string id) => _offices.GetValueOrDefault(id) ?? new(id, id, string.Empty);

    /// <summary>The registered datastreams that the entry covers; the entry's own terms where it covers none.</summary>
    public CoveredStreams Covered(DistrictBasis district, StreamPolicy entry) =>
        _covered.GetValueOrDefault((district.District.Id, entry.Id)) ?? new(0, entry.Retention.RawDays, entry.Class);

    public string Who(DistrictBasis district, string principal) => RegisterWords.Who(principal, id => Office(id).Name, district.Partner).De;

    private IEnumerable<string> Cover(CityDefinition city)
    {
        var byId = Districts.ToDictionary(d => d.District.Id, StringComparer.Ordinal);
        var quarantined = new List<string>();
        foreach (var sensor in city.Sensors)
        {
            foreach (var datastream in sensor.Datastreams)
            {
                if (byId[sensor.District].Entry(sensor, datastream.Property) is { } entry)
                {
                    Count((sensor.District, entry.Id), StreamTerms.Apply(datastream, entry));
                }
                else
                {
                    quarantined.Add($"{sensor.Gateway}/{sensor.Id}/{datastream.Property}");
                }
            }
        }

        return quarantined;
    }

    private void Count((string District, string Entry) key, DatastreamDefinition terms)
    {
        var one = new CoveredStreams(1, terms.RetentionDays, terms.Class);
        _covered[key] = _covered.TryGetValue(key, out var others) ? others.With(one) : one;
    }
}
