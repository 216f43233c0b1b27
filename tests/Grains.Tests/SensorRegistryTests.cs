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
}
