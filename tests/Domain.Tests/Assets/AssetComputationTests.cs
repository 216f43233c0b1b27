using System.Collections.Immutable;
using System.Text.Json;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Assets;

namespace Domain.Tests.Assets;

public sealed class AssetComputationTests
{
    private static readonly BilingualText Text = new("x", "x");

    private static readonly AssetTypeDefinition CarPark = new(
        "car-park",
        Text,
        ["capacity"],
        [new("free", "{space}", false, false), new("state", "1", false, true)],
        [
            new("occupied", Text, "{space}", "clamp(capacity - free, 0, capacity)"),
            new("occupancy", Text, "%", "100 * occupied / capacity"),
            new("trend", Text, "%/h", "slope(occupancy, PT1H)"),
        ],
        [new("closed", Text, "state == 1"), new("full", Text, "free <= 0"), new("open", Text, null)],
        "occupancy",
        [Definitions.Rule(RuleKind.Threshold, "occupancy") with { Above = 95, Hysteresis = 5, ForMs = 10 * Definitions.Minute }]);

    private static readonly AssetTypeDefinition CountingStation = new(
        "counting-station",
        Text,
        [],
        [new("total", "{bicycle}", false, false), new("channel", "{bicycle}", true, false)],
        [new("sum", Text, "{bicycle}", "sum(channel)"), new("seen", Text, "1", "count(channel)"), new("difference", Text, "{bicycle}", "total - sum")],
        [new("ok", Text, null)],
        "total",
        []);

    [Fact]
    public void A_car_park_computes_its_occupancy_trend_status_and_alert()
    {
        var effects = new List<Alert>();
        var park = new AssetComputation(Model(CarPark, ("free", "free"), ("state", "state")), Definitions.Subject);
        Assert.Equal((0L, null), (park.State.TimeMs, park.State.Status));
        park.Observe(Message(0, ("free", 100), ("state", 0)), effects);
        Assert.Equal("open", park.State.Status);
        Assert.Equal(50, park.State.Values["occupancy"].Value);
        Assert.False(park.State.Values.ContainsKey("trend"));
        park.Observe(Message(30, ("free", 50), ("state", 0)), effects);
        Assert.Equal(50, park.State.Values["trend"].Value, 9);
        park.Observe(Message(40, ("free", -3)), effects);
        Assert.Equal((100.0, "full"), (park.State.Values["occupancy"].Value, park.State.Status));
        Assert.Empty(effects);
        park.Observe(Message(50, ("free", 0), ("state", 1)), effects);
        Assert.Equal("closed", park.State.Status);
        Assert.Equal((AlertState.Raised, 40), (Assert.Single(effects).State, (effects[0].StartMs - Definitions.Epoch) / Definitions.Minute));
        Assert.Equal(Definitions.Epoch + (50 * Definitions.Minute), park.State.TimeMs);
    }

    [Fact]
    public void A_status_is_unknown_while_a_bound_input_is_missing_but_not_for_an_unbound_one()
    {
        var effects = new List<Alert>();
        var bound = new AssetComputation(Model(CarPark, ("free", "free"), ("state", "state")), Definitions.Subject);
        bound.Observe(Message(0, ("free", 100)), effects);
        Assert.Null(bound.State.Status);
        var unbound = new AssetComputation(Model(CarPark, ("free", "free")), Definitions.Subject);
        unbound.Observe(Message(0, ("free", 100)), effects);
        Assert.Equal("open", unbound.State.Status);
    }

    [Fact]
    public void A_counting_station_sums_only_channels_that_share_the_total_s_time()
    {
        var effects = new List<Alert>();
        var station = new AssetComputation(Model(CountingStation, ("total", "total"), ("channel", "in"), ("channel", "out")), Definitions.Subject);
        station.Observe(Message(0, ("total", 5), ("in", 2), ("out", 3)), effects);
        Assert.Equal((5.0, 0.0), (station.State.Values["sum"].Value, station.State.Values["difference"].Value));
        station.Observe(Message(15, ("total", 9), ("in", 4)), effects);
        Assert.False(station.State.Values.ContainsKey("sum"));
        Assert.Equal(1, station.State.Values["seen"].Value);
        station.Observe(Message(30, ("in", 4), ("out", 4), ("total", 9)), effects);
        Assert.Equal(1, station.State.Values["difference"].Value);
    }

    [Fact]
    public void Repeated_and_older_readings_have_no_effect()
    {
        var effects = new List<Alert>();
        var park = new AssetComputation(Model(CarPark, ("free", "free")), Definitions.Subject);
        Assert.True(park.Observe(Message(10, ("free", 100)), effects));
        Assert.False(park.Observe(Message(10, ("free", 7)), effects));
        Assert.False(park.Observe(Message(5, ("free", 7)), effects));
        Assert.False(park.Observe(Message(11, ("other", 7)), effects));
        Assert.Equal(100, park.State.Values["free"].Value);
    }

    [Fact]
    public void Quality_and_time_of_a_computed_value_are_those_of_its_readings()
    {
        var park = new AssetComputation(Model(CarPark, ("free", "free")), Definitions.Subject);
        var reading = new Reading(Definitions.Epoch, 100, Quality.OutOfRange);
        park.Observe(new AssetObservation("g", "s", [new ExplainedReading("free", reading)], 0), []);
        Assert.Equal(new AssetValue(Definitions.Epoch, 50, Quality.OutOfRange), park.State.Values["occupancy"]);
    }

    [Fact]
    public void An_asset_gives_the_same_after_a_restart_anywhere() => Seeds.ForAll(random =>
    {
        var model = Model(CarPark, ("free", "free"), ("state", "state"));
        var whole = new AssetComputation(model, Definitions.Subject);
        var restarted = new AssetComputation(model, Definitions.Subject);
        var (effects, again) = (new List<Alert>(), new List<Alert>());
        var minute = 0;
        for (var i = 0; i < 60; i++)
        {
            minute += random.Pick(0, 1, 5, 5, 30);
            var message = random.Next(3) == 0 ? Message(minute, ("free", random.Next(-3, 30))) : Message(minute, ("state", random.Next(2)), ("free", random.Next(-3, 15)));
            whole.Observe(message, effects);
            if (random.Next(3) == 0)
            {
                var stored = JsonSerializer.Deserialize<AssetSnapshot>(JsonSerializer.Serialize(restarted.Save()))!;
                restarted = AssetComputation.Restore(model, Definitions.Subject, stored, null, 0, again);
            }

            restarted.Observe(message, again);
            Assert.Equal(JsonSerializer.Serialize(whole.State), JsonSerializer.Serialize(restarted.State));
        }

        Assert.Equal(JsonSerializer.Serialize(effects), JsonSerializer.Serialize(again));
    });

    [Fact]
    public void A_slope_keeps_a_bounded_number_of_points()
    {
        var window = new SlopeWindow(Definitions.Hour);
        for (var second = 0; second < 10_000; second++)
        {
            window.Add(Definitions.At(Definitions.Epoch + (second * 1000), second * 3));
        }

        Assert.InRange(window.Points.Length, 2, SlopeWindow.MaxBuckets + 1);
        Assert.Equal(3 * 3600, window.PerHour(), 6);
    }

    private static AssetModel Model(AssetTypeDefinition type, params (string Input, string Property)[] bindings) => AssetModel.Compile(
        type,
        new AssetDefinition(
            "a", type.Id, "mitte", "Asset", "office", null, ImmutableDictionary<string, double>.Empty.Add("capacity", 200),
            [.. bindings.Select(b => new InputBinding(b.Input, "g", "s", b.Property))]));

    private static AssetObservation Message(long minute, params (string Property, double Value)[] values) => new(
        "g", "s", [.. values.Select(v => new ExplainedReading(v.Property, Definitions.At(Definitions.Epoch + (minute * Definitions.Minute), v.Value)))], 0);
}
