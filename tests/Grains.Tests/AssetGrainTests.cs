using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Grains.Tests;

public sealed class AssetGrainTests
{
    [Fact]
    public void A_car_park_follows_its_sensor()
    {
        using var host = new CityHost(WithCarPark());
        host.Ingest(Town.Sample(0, 100), Town.Sample(0, 0, 1));
        Assert.Equal(("open", 50.0), (Park(host).Status, Park(host).Values["occupancy"].Value));
        Assert.False(Park(host).Values.ContainsKey("trend"));
        host.Ingest(Town.Sample(30, 50), Town.Sample(30, 0, 1));
        Assert.Equal(50, Park(host).Values["trend"].Value, 9);
        host.Ingest(Town.Sample(40, 0), Town.Sample(40, 0, 1));
        Assert.Equal(("full", Town.At(40)), (Park(host).Status, Park(host).TimeMs));
        host.Ingest(Town.Sample(41, 0), Town.Sample(41, 1, 1));
        Assert.Equal("closed", Park(host).Status);
        Assert.Contains("asset/a", host.Feed.Subjects);
    }

    [Fact]
    public void Its_rule_raises_and_resolves_one_alert()
    {
        using var host = new CityHost(WithCarPark());
        host.Ingest([.. new[] { 100, 5, 5, 5, 40 }.Select((free, i) => Town.Sample(i * 10, free))]);
        Assert.Equal([("asset/a", AlertState.Resolved, Town.At(10), Town.At(20), (long?)Town.At(40))], host.Recorded());
    }

    [Fact]
    public void A_counting_station_compares_its_total_with_its_channels()
    {
        var sensor = Town.Sensor("s", Town.Stream("total"), Town.Stream("in"), Town.Stream("out")) with { Asset = "a" };
        var asset = Town.Asset(Town.CountingStation, ("total", "total"), ("channel", "in"), ("channel", "out"));
        using var host = new CityHost(Town.City(sensor) with { Assets = [asset] });
        host.Ingest(Town.Sample(0, 10), Town.Sample(0, 6, 1), Town.Sample(0, 3, 2));
        var values = Park(host).Values;
        Assert.Equal((9.0, 1.0), (values["sum"].Value, values["difference"].Value));
        Assert.Equal(100.0 * 6 / 9, values["inward"].Value, 9);
    }

    [Theory]
    [InlineData("P7D", 7)]
    [InlineData(null, 1)]
    public void What_feeds_it_is_stored_on_the_terms_of_the_policy_and_not_on_those_of_the_registry(string? raw, int days)
    {
        var policy = raw is null ? null : TownPolicy.City(TownPolicy.Stream("all", "*/*/*", raw: raw));
        using var host = new CityHost(WithCarPark(), policy);
        host.Ingest(Town.Sample(0, 100));
        Assert.Equal(100, Park(host).Values["free"].Value);
        Assert.Equal(days, host.Store.Retentions["town/g/s/free"].TotalDays);

        // Whichever of them wakes last.
        host.Restart();
        host.Ingest(Town.Sample(1, 99));
        Park(host);
        Assert.Equal(days, host.Store.Retentions["town/g/s/free"].TotalDays);
    }

    [Fact]
    public void A_repeated_observation_changes_nothing()
    {
        using var host = new CityHost(WithCarPark());
        host.Ingest(Town.Sample(0, 100));
        var before = Park(host);
        host.Feed.Subjects.Clear();
        var repeated = new AssetObservation("g", "s", [new("free", new(Town.At(0), 7, Quality.Good))], 0);
        host.Run(() => host.Asset("a").Observe(repeated));
        Assert.Equal(before.Values, Park(host).Values);
        Assert.Empty(host.Feed.Subjects);
    }

    [Fact]
    public void It_wakes_with_what_was_stored_after_its_snapshot()
    {
        using var host = new CityHost(WithCarPark());
        host.Ingest([.. Enumerable.Range(0, 700).Select(i => Town.Sample(i, 100 + (i % 7)))]);
        Assert.True(host.States.Writes > 1);
        host.Ingest(Town.Sample(700, 5), Town.Sample(711, 5));
        var (before, alerts) = (Park(host), host.Recorded());
        Assert.Single(alerts);
        host.Crash();
        Assert.Equal(before.Values, Park(host).Values);
        Assert.Equal(alerts, host.Recorded());
        host.Ingest(Town.Sample(720, 100));
        Assert.Equal((AlertState.Resolved, (long?)Town.At(720)), (Assert.Single(host.Recorded()).State, host.Recorded()[0].ResolvedMs));
    }

    [Fact]
    public void It_does_not_run_ahead_of_readings_that_wait_for_their_order()
    {
        using var host = new CityHost(WithCarPark(latenessMs: 5 * Town.Minute));
        host.Ingest(Town.Sample(0, 100), Town.Sample(10, 50), Town.Sample(12, 40));
        Assert.Equal(100, Park(host).Values["free"].Value);
        host.Crash();
        Assert.Equal(100, Park(host).Values["free"].Value);
        host.Ingest(Town.Sample(16, 30));
        Assert.Equal(50, Park(host).Values["free"].Value);
    }

    [Fact]
    public void Its_alert_waits_for_the_disk()
    {
        using var host = new CityHost(WithCarPark());
        host.Store.Hold();
        host.Ingest(Town.Sample(0, 5), Town.Sample(11, 5));
        Assert.Empty(host.Recorded());
        host.Store.Release();
        host.Driver.RunUntilIdle();
        Assert.Single(host.Recorded());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Its_alert_is_resolved_when_its_rule_or_itself_is_taken_out(bool itself)
    {
        var city = WithCarPark();
        using var host = new CityHost(city);
        host.Ingest(Town.Sample(0, 5), Town.Sample(11, 5));
        Assert.Equal(AlertState.Raised, Assert.Single(host.Recorded()).State);
        var next = itself ? city with { Assets = [] } : city with { AssetTypes = [Town.CarPark with { Rules = [] }] };
        host.Registry.Publish(new(next, 2));
        host.Run(() => host.Asset("a").Refresh());
        host.Driver.RunUntilIdle();
        Assert.Equal(AlertState.Resolved, Assert.Single(host.Recorded()).State);
    }

    private static AssetState Park(CityHost host) => host.Run(() => host.Asset("a").GetState());

    private static CityDefinition WithCarPark(long latenessMs = 0)
    {
        var sensor = Town.Sensor("s", Town.Stream("free", latenessMs), Town.Stream("state")) with { Asset = "a" };
        return Town.City(sensor) with { Assets = [Town.Asset(Town.CarPark, ("free", "free"), ("state", "state"))] };
    }
}
