using System.Globalization;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Texts of random filters on Observations that name their Datastream, their feature, and what these lead to.</summary>
internal sealed class RandomObservationFilter(Random random)
{
    private static readonly string[] s_times =
        ["2026-01-02T00:00:00Z", "2026-01-01", "2026-01-02T00:00:00Z/2026-01-02T09:00:00Z", "2026-01-01T18:00:00Z/2026-01-03T00:00:00Z", "2026-01-02T04:00:00Z"];

    /// <summary>A condition. What leads into sets stands alone, where "the same one" has no second meaning.</summary>
    public string Condition() => random.Next(5) switch
    {
        0 => $"{Single(2)} or {Set()}",
        1 => Set(),
        _ => Single(3),
    };

    public string Order() => Pick("id", "FeatureOfInterest/name desc,id", "phenomenonTime,id desc", "resultTime desc", "phenomenonTime", "Datastream/name,FeatureOfInterest/id");

    private string Single(int depth) => (depth <= 0 ? random.Next(4, 14) : random.Next(14)) switch
    {
        0 or 1 => $"({Single(depth - 1)} and {Single(depth - 1)})",
        2 => $"({Single(depth - 1)} or {Single(depth - 1)})",
        3 => $"not ({Single(depth - 1)})",
        4 => $"result {Comparison()} {random.Next(-3, 13)}",
        5 => $"{Pick("phenomenonTime", "resultTime")} {Comparison()} {Pick(s_times)}",
        6 => $"{Pick("during", "before", "after", "overlaps", "meets", "starts", "finishes")}({Pick("phenomenonTime", "resultTime")}, {Pick(s_times)})",
        7 or 8 => $"FeatureOfInterest/{Pick("name", "description")} {Comparison()} {Pick("'a'", "'Ä'", "null", "''", "'ab'", "FeatureOfInterest/description")}",
        9 => $"FeatureOfInterest/id {Comparison()} {Pick("1", "2", "3", "null", "Datastream/id", "result")}",
        10 => $"startswith(FeatureOfInterest/name, {Pick("'a'", "Datastream/name", "''")})",
        11 => $"FeatureOfInterest/properties/a {Comparison()} {Pick("1", "'a'", "null")}",
        12 => $"{Pick("Datastream", "MultiDatastream")}/{Pick("name", "Thing/name", "Sensor/description")} {Comparison()} {Pick("'a'", "null", "FeatureOfInterest/name")}",
        _ => $"result {Comparison()} FeatureOfInterest/id add {random.Next(0, 6).ToString(CultureInfo.InvariantCulture)}",
    };

    private string Set() => random.Next(3) switch
    {
        0 => $"FeatureOfInterest/Observations/result {Comparison()} {random.Next(-3, 13)}",
        1 => $"Datastream/Thing/Locations/name {Comparison()} {Pick("'a'", "'Ä'", "''")}",
        _ => $"MultiDatastream/ObservedProperties/id {Comparison()} {random.Next(1, 5)}",
    };

    private string Comparison() => Pick("eq", "ne", "gt", "ge", "lt", "le");

    private string Pick(params ReadOnlySpan<string> texts) => texts[random.Next(texts.Length)];
}
