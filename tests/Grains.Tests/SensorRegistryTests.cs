using Quartier.Contracts.Alerts;

namespace Grains.Tests;

/// <summary>Another registry version comes into force while a sensor is awake.</summary>
public sealed class SensorRegistryTests
{
    [Fact]
    public void A_sensor_keeps_its_state_and_finds_its_datastreams_by_property()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream("a"), Town.Stream("b"))));
        host.Ingest(Town.Sample(0, 1), Town.Sample(0, 2, 1));
        var before = (host.State(0), host.State(1));
        host.Registry.Publish(new(Town.City(Town.Sensor("s", Town.Stream("b"), Town.Stream("c"), Town.Stream("a"))), 2));
        host.Ingest(Town.Sample(1, 9, 1));
        Assert.Equal(before, (host.State(2), host.State(0)));
        Assert.Equal(9, host.State(1).Latest!.Value.Value);
        Assert.Equal((2L, 3L), (host.Run(() => host.Sensor().GetState()).RegistryVersion, host.Books().Stored));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("version")]
    [InlineData("sensor")]
    public void An_alert_whose_rule_is_gone_is_resolved(string what)
    {
        using var host = new CityHost(Town.City(Town.Sensor().With(Town.Above(10))));
        host.Ingest(Town.Sample(0, 20));
        var next = what switch
        {
            "gone" => Town.City(Town.Sensor()),
            "version" => Town.City(Town.Sensor().With(Town.Above(50) with { Version = 2 })),
            _ => Town.City(),
        };
        host.Registry.Publish(new(next, 2));
        host.Run(() => host.Sensor().Refresh());
        host.Driver.RunUntilIdle();
        Assert.Equal(AlertState.Resolved, Assert.Single(host.Recorded()).State);
    }

    [Fact]
    public void The_alert_is_resolved_even_after_the_sensor_has_been_quiet_for_a_day()
    {
        using var host = new CityHost(Town.City(Town.Sensor().With(Town.Above(10))));
        host.Ingest(Town.Sample(0, 20));
        host.Advance(TimeSpan.FromDays(1));
        host.Registry.Publish(new(Town.City(Town.Sensor()), 2));
        host.Run(() => host.Sensor().Refresh());
        host.Driver.RunUntilIdle();
        Assert.Equal(AlertState.Resolved, Assert.Single(host.Recorded()).State);
    }

    [Fact]
    public void A_sensor_that_was_taken_out_and_comes_back_keeps_its_books_and_raises_anew()
    {
        var city = Town.City(Town.Sensor().With(Town.Above(10)));
        using var host = new CityHost(city);
        host.Ingest(Town.Sample(0, 20));
        host.Registry.Publish(new(Town.City(), 2));
        host.Run(() => host.Sensor().Refresh());
        host.Registry.Publish(new(city, 3));
        host.Ingest(Town.Sample(1, 30));
        Assert.Equal([AlertState.Resolved, AlertState.Raised], host.Recorded().Select(a => a.State));
        Assert.Equal(2, host.Books().Stored);
    }

    [Fact]
    public void A_registry_that_changes_nothing_for_the_sensor_raises_nothing_again()
    {
        using var host = new CityHost(Town.City(Town.Sensor().With(Town.Above(10))));
        host.Ingest(Town.Sample(0, 20));
        host.Registry.Publish(new(Town.City(Town.Sensor().With(Town.Above(10)), Town.Sensor("other")), 2));
        host.Ingest(Town.Sample(1, 30));
        Assert.Equal((1, 1), (host.Recorded().Count, host.Alerts.Writes));
        host.Ingest(Town.Sample(2, 1));
        Assert.Equal((AlertState.Resolved, (long?)Town.At(2)), (Assert.Single(host.Recorded()).State, host.Recorded()[0].ResolvedMs));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void A_sensor_that_moves_to_another_district_leaves_no_open_alert_behind_and_raises_its_own_there(bool dies, bool districtsFirst)
    {
        var before = Town.City(Town.Sensor("s", Town.Stream("a"), Town.Stream("b")).With(Town.Above(10, "a"), Town.Above(10, "b") with { ForMs = 5 * Town.Minute }));
        using var host = new CityHost(before);
        host.Ingest(Town.Sample(0, 20), Town.Sample(0, 20, 1));
        host.Restart();
        host.Registry.Publish(new(before with { Sensors = [before.Sensors[0] with { District = "west" }] }, 2));
        if (dies)
        {
            host.Crash();
        }

        if (districtsFirst)
        {
            host.Run(() => host.District().Refresh());
        }

        host.Run(() => host.Sensor().Refresh());
        host.Driver.RunUntilIdle();
        Assert.Equal(("mitte", AlertState.Resolved), Place(Assert.Single(host.Alerts.All)));

        // What was raised is raised anew, what had not held long enough goes on.
        host.Ingest(Town.Sample(6, 20), Town.Sample(6, 20, 1));
        Assert.Equal([("west", AlertState.Raised), ("west", AlertState.Raised)], host.Alerts.All.Where(a => a.District == "west").Select(Place));
        host.Ingest(Town.Sample(7, 1), Town.Sample(7, 1, 1));
        Assert.All(host.Alerts.All, a => Assert.Equal(AlertState.Resolved, a.State));
        Assert.Equal(3, host.Alerts.All.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_asset_that_moves_to_another_district_leaves_no_open_alert_behind(bool dies)
    {
        var sensor = Town.Sensor("s", Town.Stream("free")) with { Asset = "a" };
        var asset = Town.Asset(Town.CarPark, ("free", "free"));
        var before = Town.City(sensor) with { Assets = [asset] };
        using var host = new CityHost(before);
        host.Ingest(Town.Sample(0, 2));
        host.Ingest(Town.Sample(11, 2));
        Assert.Equal(("mitte", AlertState.Raised), Place(Assert.Single(host.Alerts.All)));
        host.Restart();
        host.Registry.Publish(new(before with { Assets = [asset with { District = "west" }] }, 2));
        if (dies)
        {
            host.Crash();
        }

        host.Run(() => host.Asset("a").Refresh());
        host.Driver.RunUntilIdle();
        Assert.Equal(("mitte", AlertState.Resolved), Place(Assert.Single(host.Alerts.All)));
        host.Ingest(Town.Sample(12, 2));
        host.Ingest(Town.Sample(25, 2));
        Assert.Equal(("west", AlertState.Raised), Place(Assert.Single(host.Alerts.All, a => a.District == "west")));
    }

    private static (string District, AlertState State) Place(Alert alert) => (alert.District, alert.State);
}
