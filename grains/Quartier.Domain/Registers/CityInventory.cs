using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>What records are written from: each district with what its policy covers; in ordinal order of ids.</summary>
internal sealed class CityInventory
{
    private readonly CityCoverage _coverage;
    private readonly Dictionary<string, OfficeDefinition> _offices;

    /// <param name="basis">What is registered and in force.</param>
    /// <param name="coverage">What was counted before; counted anew where that was of something else.</param>
    public CityInventory(RegisterBasis basis, CityCoverage? coverage)
    {
        Basis = basis;
        var city = basis.Registry.City;
        Districts = [.. city.Districts.OrderBy(d => d.Id, StringComparer.Ordinal).Select(d => new DistrictBasis(d, basis))];
        _offices = city.Offices.DistinctBy(o => o.Id, StringComparer.Ordinal).ToDictionary(o => o.Id, StringComparer.Ordinal);
        _coverage = coverage?.IsOf(basis.Registry, basis.Policies) == true ? coverage : new(basis.Registry, basis.Policies);
    }

    public RegisterBasis Basis { get; }

    public CityDefinition City => Basis.Registry.City;

    public ImmutableArray<DistrictBasis> Districts { get; }

    /// <summary>Datastreams that no policy covers, as <c>gateway/sensor/property</c>.</summary>
    public ImmutableArray<string> Quarantined => _coverage.Quarantined;

    public ImmutableArray<PolicyInForce> Policies => [.. Districts.Select(d => new PolicyInForce(d.District.Id, d.District.Name, d.Effective?.Version))];

    public ImmutableArray<OfficeDefinition> Offices => [.. _offices.Values.OrderBy(o => o.Id, StringComparer.Ordinal)];

    /// <summary>
    /// The stream entries of a district's policy, by id. What the city's document says of sensors in other districts is left out; what covers nothing
    /// anywhere is not, because it may be collected any day.
    /// </summary>
    public IEnumerable<StreamPolicy> Entries(DistrictBasis district) => (district.Policy?.Streams ?? [])
        .Where(s => _coverage.Find(district.District.Id, s.Id) is not null || !_coverage.IsUsed(s.Id))
        .OrderBy(s => s.Id, StringComparer.Ordinal);

    public OfficeDefinition Office(string id) => _offices.GetValueOrDefault(id) ?? new(id, id, string.Empty);

    /// <summary>The registered datastreams that the entry covers; the entry's own terms where it covers none.</summary>
    public CoveredStreams Covered(DistrictBasis district, StreamPolicy entry) =>
        _coverage.Find(district.District.Id, entry.Id) ?? new(0, entry.Retention.RawDays, entry.Class);

    public string Who(DistrictBasis district, string principal) => RegisterWords.Who(principal, id => Office(id).Name, district.Partner).De;
}
