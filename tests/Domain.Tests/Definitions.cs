using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Rules;

namespace Domain.Tests;

/// <summary>Definitions as tests need them.</summary>
internal static class Definitions
{
    public const long Epoch = 1_782_864_000_000; // 2026-07-01T00:00:00Z
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    public static readonly RuleSubject Subject =
        new("muenster", "mitte", "sensor/g/s", "Promenade", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    public static DatastreamDefinition Stream(string property = "total", params CodeLabel[] codes) => new(
        property, property, "Cel", DataClass.Public, Minute, -50, 100, null, 0, 0, 30, "?", [.. codes], false);

    public static SensorDefinition Sensor(params DatastreamDefinition[] streams) =>
        new("s", "g", "mitte", "Sensor", null, "office", null, [.. streams], []);

    public static RuleDefinition Rule(RuleKind kind, string property = "total") => new(
        "rule", 1, kind, property, null, null, 0, 0, 0, [], null, Severity.Warning, "office",
        new BilingualText("{subject}: {value} {unit} seit {duration}", "{subject}: {value} {unit} for {duration}"));

    public static RuleSet Set(RuleDefinition rule, params string[] properties) =>
        RuleSet.Compile([rule], [.. properties.Select(p => new RuleProperty(p, new BilingualText(p, p), "Cel"))]);

    public static Reading At(long timeMs, double value) => new(timeMs, value, Quality.Good);

    public static T Pick<T>(this Random random, params ReadOnlySpan<T> items) => items[random.Next(items.Length)];
}
