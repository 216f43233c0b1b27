using System.Collections.Immutable;
using Domain.Tests.Policies;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Domain.Tests.Registry;

public sealed class RegistryDoorsTests
{
    private static readonly CityDefinition s_file = PolicySamples.Registry.City;

    [Fact]
    public void A_thing_and_its_sensor_stand_beside_the_file_with_their_gateway()
    {
        var city = Joined(Asset("oven-2"), Sensor("oven-2", "oven-2"));
        Assert.Equal(s_file.Sensors.Length + 1, city.Sensors.Length);
        var sensor = city.Sensors[^1];
        Assert.Equal(("sensorthings", "oven-2", "oven-2", "mitte"), (sensor.Gateway, sensor.Id, sensor.Asset, sensor.District));
        Assert.Equal(("temperature", "Cel", 3650, DataClass.Internal), (sensor.Datastreams[0].Property, sensor.Datastreams[0].Unit, sensor.Datastreams[0].RetentionDays, sensor.Datastreams[0].Class));
        Assert.Equal("sensorthings-thing", city.Assets[^1].Type);
        Assert.Contains(city.Gateways, g => g.Id == "sensorthings");
        Assert.Contains(city.AssetTypes, t => t.Id == "sensorthings-thing");
    }

    [Fact]
    public void Without_anything_beside_it_the_file_is_the_city() =>
        Assert.Same(s_file, RegistryDoors.Join(s_file, []).City);

    [Theory]
    [InlineData("temperature", "number-plate", "identif")]
    [InlineData("Cel", "° C", "no UCUM code")]
    [InlineData("\"district\":\"mitte\"", "\"district\":\"sued\"", "there is no district 'sued'")]
    [InlineData("\"office\":\"mobilitaet\"", "\"office\":\"x\"", "there is no office 'x'")]
    [InlineData("\"asset\":\"oven-2\"", "\"asset\":\"oven-9\"", "there is no asset 'oven-9'")]
    [InlineData("\"id\":\"oven-2\"", "\"id\":\"oven-3\"", "it says that it is 'sensorthings/oven-3'")]
    [InlineData("\"name\":\"Oven\"", "\"name\":\"Oven\",\"colour\":\"red\"", "has no key 'colour'")]
    [InlineData("\"question\":\"How hot?\"", "\"question\":\"\"", "'question' must have")]
    [InlineData("{\"id\"", "[{\"id\"", "it is no JSON object")]
    public void What_the_file_may_not_say_may_not_stand_beside_it(string written, string instead, string expected)
    {
        var sensor = Sensor("oven-2", "oven-2");
        var broken = sensor with { Text = sensor.Text!.Replace(written, instead, StringComparison.Ordinal) };
        var reading = RegistryDoors.Join(s_file, [Asset("oven-2"), broken]);
        Assert.Null(reading.City);
        Assert.Contains(reading.Problems, p => p.Message.Contains(expected, StringComparison.Ordinal) && p.Message.Contains("sensorthings/oven-2", StringComparison.Ordinal));
    }

    [Fact]
    public void Neither_door_may_name_what_the_other_has_registered()
    {
        var asset = s_file.Assets[0].Id;
        var reading = RegistryDoors.Join(s_file, [Asset(asset)]);
        Assert.Contains($"the asset '{asset}' stands in the file and is registered through the SensorThings API as well", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_reads_only_what_changes_and_keeps_the_rest_as_it_was()
    {
        var before = Snapshot(Asset("oven-2"), Sensor("oven-2", "oven-2"));
        var after = RegistryDoors.Amend(before, [Sensor("oven-3", "oven-2")], out var problems);
        Assert.Empty(problems);
        Assert.Equal(before.Version + 1, after!.Version);
        Assert.Same(before.Sensor("sensorthings", "oven-2"), after.Sensor("sensorthings", "oven-2"));
        Assert.NotNull(after.Sensor("sensorthings", "oven-3"));
        var difference = RegistryDiff.Compare(before, after, [Sensor("oven-3", "oven-2")]);
        Assert.Equal("sensor sensorthings/oven-3", Assert.Single(difference.Changes).What);
        Assert.Equal(["mitte"], difference.Reach.Districts);
    }

    [Fact]
    public void What_others_are_mounted_on_cannot_be_removed_alone()
    {
        var before = Snapshot(Asset("oven-2"), Sensor("oven-2", "oven-2"));
        Assert.Null(RegistryDoors.Amend(before, [Asset("oven-2") with { Text = null }], out var problems));
        Assert.Contains("mounted on the asset 'oven-2'", Assert.Single(problems).Message, StringComparison.Ordinal);
        var removed = RegistryDoors.Amend(before, [Asset("oven-2") with { Text = null }, Sensor("oven-2", "oven-2") with { Text = null }], out problems);
        Assert.Empty(problems);
        Assert.Equal(s_file.Sensors.Length, removed!.City.Sensors.Length);
        Assert.Null(RegistryDoors.Amend(removed, [Asset("oven-2") with { Text = null }], out problems));
        Assert.Contains("cannot be removed", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_takes_away_what_stands_beside_it_needs_is_refused()
    {
        ImmutableArray<RegistryAddition> additions = [Asset("oven-2"), Sensor("oven-2", "oven-2")];
        var without = s_file with { Districts = [.. s_file.Districts.Select(d => d with { Id = "other" })] };
        Assert.Null(RegistryDoors.Snapshot(without, additions, 2, out var problems));
        Assert.Contains(problems, p => p.Message.Contains("there is no district 'mitte'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sensor_whose_asset_moves_into_a_zone_is_found()
    {
        var zone = new NoSensingZone("shelter", "Shelter", "No.", [new(0, 0), new(1, 0), new(1, 1), new(0, 1), new(0, 0)]);
        var zones = ImmutableSortedDictionary<string, ImmutableArray<NoSensingZone>>.Empty.Add(string.Empty, [zone]);
        var before = Snapshot(Asset("oven-2"), Sensor("oven-2", "oven-2"));
        var moved = Asset("oven-2") with { Text = Asset("oven-2").Text!.Replace("[7.63,51.96]", "[0.5,0.5]", StringComparison.Ordinal) };
        var after = RegistryDoors.Amend(before, [moved], out _)!;
        Assert.Contains("no-sensing zone 'shelter'", Assert.Single(RegistryZones.Problems(after, [moved], zones)).Message, StringComparison.Ordinal);
        Assert.Empty(RegistryZones.Problems(before, [Asset("oven-2")], zones));
    }

    private static CityDefinition Joined(params ImmutableArray<RegistryAddition> additions)
    {
        var reading = RegistryDoors.Join(s_file, additions);
        Assert.Empty(reading.Problems);
        return reading.City!;
    }

    private static RegistrySnapshot Snapshot(params ImmutableArray<RegistryAddition> additions)
    {
        var snapshot = RegistryDoors.Snapshot(s_file, additions, 1, out var problems);
        Assert.Empty(problems);
        return snapshot!;
    }

    private static RegistryAddition Asset(string id) => new(
        RegistryAdditionKind.Asset,
        id,
        $$"""{"id":"{{id}}","type":"sensorthings-thing","district":"mitte","name":"Oven","office":"mobilitaet","location":[7.63,51.96]}""");

    private static RegistryAddition Sensor(string id, string asset) => new(
        RegistryAdditionKind.Sensor,
        $"sensorthings/{id}",
        $$"""{"id":"{{id}}","gateway":"sensorthings","district":"mitte","name":"Oven","asset":"{{asset}}","office":"mobilitaet","datastreams":[{"property":"temperature","name":"Heat","unit":"Cel","question":"How hot?"}]}""");
}
