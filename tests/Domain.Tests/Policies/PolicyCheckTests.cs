using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Domain.Tests.Policies;

public sealed class PolicyCheckTests
{
    [Fact]
    public void Check_finds_nothing_wrong_with_the_documentation()
    {
        var city = PolicySamples.Read(PolicySamples.City);
        Assert.Empty(PolicyCheck.Against(city, null, PolicySamples.Registry));
        Assert.Empty(PolicyCheck.Against(PolicySamples.Read(PolicySamples.District), city, PolicySamples.Registry));
    }

    [Theory]
    [InlineData("city: muenster", "city: munster", "the policy is for the city 'munster'; this one is 'muenster' (did you mean 'muenster'?)", "munster")]
    [InlineData("office: mobilitaet         #", "office: mobilitat         #", "there is no office 'mobilitat' (did you mean 'mobilitaet'?)", "mobilitat ")]
    [InlineData("    operator: Stadt Münster\n    office: mobilitaet", "    operator: Stadt Münster\n    office: stadtplanung", "there is no office 'stadtplanung'", "stadtplanung")]
    [InlineData("purposes: [mobility-planning, public-information]", "purposes: [mobility-planing, public-information]", "there is no purpose 'mobility-planing' (did you mean 'mobility-planning'?)", "mobility-planing")]
    [InlineData("\"office:mobilitaet\", ", "\"office:mobilitet\", ", "there is no office 'mobilitet' (did you mean 'mobilitaet'?)", "\"office:mobilitet\"")]
    [InlineData("streams: [bicycle-counts, parking]", "streams: [bicycle-counts, parkin]", "there is no stream entry 'parkin' (did you mean 'parking'?)", "parkin]")]
    [InlineData("principals: [\"contract:radkarte\"]", "principals: [\"contract:radwege\"]", "there is no contract 'radwege'", "\"contract:radwege\"")]
    [InlineData("purpose: mobility-planning\n", "purpose: mobility\n", "there is no purpose 'mobility'", "mobility\n")]
    [InlineData("purposes: [mobility-planning]         #", "purposes: [planning]         #", "there is no purpose 'planning'", "planning]")]
    [InlineData("    purposes: [public-information]\n    operator: West", "    purposes: [mobility-planning]\n    operator: West", "the grant 'open-hours' gives 'parking' for 'public-information', but 'parking' is collected for mobility-planning only", "parking]")]
    [InlineData("class: public    ", "class: internal    ", "opens single sensors of 'bicycle-counts' to the public, but its class is internal", "bicycle-counts, parking")]
    [InlineData("[\"parkleitsystem/*/free\"", "[\"*/*/*o*\", \"parkleitsystem/*/free\"", "the entries 'bicycle-counts' and 'parking' both match 'promenade/promenade/total'", "[\"*/*/*o*\"")]
    [InlineData("[[7.66, 51.95], [7.67, 51.95], [7.67, 51.96], [7.66, 51.95]]", "[[7.62, 51.95], [7.64, 51.95], [7.64, 51.97], [7.62, 51.97], [7.62, 51.95]]", "'promenade/promenade' stands inside the no-sensing zone 'shelter'", "[[7.62")]
    public void Check_names_what_does_not_fit_the_city_and_where(string found, string replacement, string message, string at)
    {
        var yaml = PolicySamples.With(PolicySamples.City, found, replacement);
        var reading = PolicyFile.Read(yaml);
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        PolicySamples.AssertProblem(yaml, PolicyCheck.Against(reading.Policy!, null, PolicySamples.Registry, reading.Places), message, at);
        PolicySamples.AssertProblem(yaml, PolicyCheck.Against(reading.Policy!, null, PolicySamples.Registry), message, null);
    }

    [Theory]
    [InlineData("district: mitte", "district: mite", "there is no district 'mite' in muenster (did you mean 'mitte'?)", "mite")]
    [InlineData("  - id: parking\n    override: true ", "  - id: parking\n    override: false ", "'parking' stands in the city's document too; say 'override: true'", "parking")]
    [InlineData("  - id: open-hours", "  - id: open-hour", "there is nothing to override: the city's document has no 'open-hour' (did you mean 'open-hours'?)", "true")]
    [InlineData("id: no-export", "id: no-trainee", "'no-trainee' stands in the city's document too, which a district can only add to", "no-trainee")]
    [InlineData("  - id: open-hours\n    override: true\n", "  - id: more-hours\n", "the grant 'open-hours' opens single sensors of 'parking' to the public, but its class is internal", "- id: more-hours")]
    public void Check_holds_a_district_against_its_city(string found, string replacement, string message, string at)
    {
        var yaml = PolicySamples.With(PolicySamples.District, found, replacement);
        var reading = PolicyFile.Read(yaml);
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        PolicySamples.AssertProblem(
            yaml, PolicyCheck.Against(reading.Policy!, PolicySamples.Read(PolicySamples.City), PolicySamples.Registry, reading.Places), message, at);
    }

    [Fact]
    public void Check_takes_the_position_of_the_asset_for_a_sensor_without_one()
    {
        var registry = PolicySamples.Registry.City;
        var moved = registry with { Assets = [.. registry.Assets.Select(a => a with { Location = new Location(7.669, 51.951) })] };
        var problem = Assert.Single(PolicyCheck.Against(PolicySamples.Read(PolicySamples.City), null, new RegistrySnapshot(moved, 2)));
        Assert.Contains("'parkleitsystem/theater' stands inside the no-sensing zone 'shelter'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0, 1.0, true)]
    [InlineData(0.0, 1.0, true)]
    [InlineData(2.0, 2.0, true)]
    [InlineData(1.5, 1.5, true)]
    [InlineData(1.6, 1.5, false)]
    [InlineData(-0.1, 1.0, false)]
    [InlineData(0.5, 2.1, false)]
    public void A_zone_holds_its_edge_and_its_inside(double longitude, double latitude, bool inside)
    {
        // A square of side 2 with a notch: the part right of the line from (1.5, 2) … (1.5, 1) is cut away above 1.
        NoSensingZone zone = new("z", "z", "z", [new(0, 0), new(2, 0), new(2, 1), new(1.5, 1), new(1.5, 2), new(2, 2), new(0, 2), new(0, 0)]);
        var sensor = Definitions.Sensor(Definitions.Stream()) with { Location = new Location(longitude, latitude) };
        Assert.Equal(inside, NoSensing.Around([zone], sensor, PolicySamples.Registry) is not null);
    }
}
