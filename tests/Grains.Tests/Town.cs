using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Grains.Tests;

/// <summary>Definitions as tests need them, and times that follow the driver's clock.</summary>
internal static class Town
{
    public const long T0 = 1_767_225_600_000; // 2026-01-01T00:00:00Z, where a driver's clock begins
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    private static readonly BilingualText Text = new("{subject}", "{subject}");

    public static AssetTypeDefinition CarPark { get; } = new(
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
        [Rule(RuleKind.Threshold, "occupancy", "nearly-full") with { Above = 95, Hysteresis = 5, ForMs = 10 * Minute }]);

    public static AssetTypeDefinition CountingStation { get; } = new(
        "counting-station",
        Text,
        [],
        [new("total", "{bicycle}", false, false), new("channel", "{bicycle}", true, false)],
        [
            new("sum", Text, "{bicycle}", "sum(channel)"),
            new("difference", Text, "{bicycle}", "total - sum"),
            new("inward", Text, "%", "100 * max(channel) / sum"),
        ],
        [new("ok", Text, null)],
        "total",
        []);

    public static DatastreamDefinition Stream(string property = "v", long latenessMs = 0, DataClass dataClass = DataClass.Public) =>
        new(property, property, "Cel", dataClass, Minute, -50, 100, 40, 10 * Minute, latenessMs, 30, "?", [], false);

    public static SensorDefinition Sensor(string id = "s", params DatastreamDefinition[] streams) =>
        new(id, "g", "mitte", $"Sensor {id}", null, "office", null, streams.Length == 0 ? [Stream()] : [.. streams], []);

    public static SensorDefinition With(this SensorDefinition sensor, params RuleDefinition[] rules) => sensor with { Rules = [.. rules] };

    public static RuleDefinition Rule(RuleKind kind, string property = "v", string id = "rule") => new(
        id, 1, kind, property, null, null, 0, 0, 0, [], null, Severity.Warning, "office", Text);

    public static RuleDefinition Above(double limit, string property = "v") => Rule(RuleKind.Threshold, property, $"above-{property}") with { Above = limit };

    public static RuleDefinition Missing(long forMs, string property = "v") => Rule(RuleKind.Missing, property, $"missing-{property}") with { ForMs = forMs };

    public static CityDefinition City(params SensorDefinition[] sensors) => new(
        "town", "Town", "Europe/Berlin", CityClock.Wall, [], [new("office", "Office", "mail@example.org")],
        [District("mitte"), District("west")], [new("g", "Gateway", "office"), new("h", "Gateway", "office")], [.. sensors], [CarPark, CountingStation], []);

    public static AssetDefinition Asset(AssetTypeDefinition type, params (string Input, string Property)[] bindings) => new(
        "a", type.Id, "mitte", "Asset", "office", null,
        type.Attributes.ToImmutableDictionary(n => n, _ => 200.0),
        [.. bindings.Select(b => new InputBinding(b.Input, "g", "s", b.Property))]);

    /// <summary>Minutes after the start of the driver's clock.</summary>
    public static long At(double minutes) => T0 + (long)(minutes * Minute);

    public static Sample Sample(double minutes, double value, int datastream = 0) => new(datastream, At(minutes), value);

    private static DistrictDefinition District(string id) => new(id, id, "office", 30, [], true);
}
