using System.Globalization;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Texts of random filters on Observations that name their Datastream, their feature, and what these lead to.</summary>
internal sealed class RandomObservationFilter(Random random)
{
    private static readonly string[] s_times =
        ["2026-01-02T00:00:00Z", "2026-01-01", "2026-01-02T00:00:00Z/2026-01-02T09:00:00Z", "2026-01-01T18:00:00Z/2026-01-03T00:00:00Z", "2026-01-02T04:00:00Z"];

    public string Condition() => random.Next(9) switch
    {
        0 => $"{Single(2)} or {Set()}",
        1 => Set(),
        2 => $"{Set()} and {Single(1)} and {Set()}",
        3 => $"{Compared()} {Pick("and", "or")} {Single(1)}",
        4 => $"{Compared()} and {Set()} and {Compared()}",
        5 => $"not ({Compared()})",
        6 => Compared(),
        _ => Single(3),
    };

    public string Order() => Pick("id", "FeatureOfInterest/name desc,id", "phenomenonTime,id desc", "resultTime desc", "phenomenonTime", "Datastream/name,FeatureOfInterest/id");

    private string Single(int depth) => (depth <= 0 ? random.Next(4, 14) : random.Next(14)) switch
    {
        0 or 1 => $"({Single(depth - 1)} and {Single(depth - 1)})",
        2 => $"({Single(depth - 1)} or {Single(depth - 1)})",
        3 => $"not ({Single(depth - 1)})",
        4 => $"result {Comparison()} {random.Next(-3, 13)}",
        5 => random.Next(2) == 0 ? $"{Pick("phenomenonTime", "resultTime")} {Comparison()} {Pick(s_times)}" : $"{Pick(s_times)} {Comparison()} {Pick("phenomenonTime", "resultTime")}",
        6 => $"{Pick("during", "before", "after", "overlaps", "meets", "starts", "finishes")}({Pick("phenomenonTime", "resultTime")}, {Pick(s_times)})",
        7 or 8 => $"FeatureOfInterest/{Pick("name", "description")} {Comparison()} {Pick("'a'", "'Ä'", "null", "''", "'ab'", "FeatureOfInterest/description")}",
        9 => $"FeatureOfInterest/id {Comparison()} {Pick("1", "2", "3", "null", "Datastream/id", "result")}",
        10 => $"startswith(FeatureOfInterest/name, {Pick("'a'", "Datastream/name", "''")})",
        11 => $"FeatureOfInterest/properties/a {Comparison()} {Pick("1", "'a'", "null")}",
        12 => $"{Pick("Datastream", "MultiDatastream")}/{Pick("name", "Thing/name", "Sensor/description")} {Comparison()} {Pick("'a'", "null", "FeatureOfInterest/name")}",
        _ => $"result {Comparison()} FeatureOfInterest/id add {random.Next(0, 6).ToString(CultureInfo.InvariantCulture)}",
    };

    // The Observation itself, or several of what stands beside it, with what these lead to.
    private string Compared()
    {
        var way = Pick("Datastream/Observations", "FeatureOfInterest/Observations", "Datastream/Thing/Datastreams/Observations", "MultiDatastream/Thing/Datastreams/Observations");
        return random.Next(9) switch
        {
            0 or 1 => $"result {Comparison()} {way}/result",
            2 => $"phenomenonTime {Comparison()} {way}/{Pick("phenomenonTime", "resultTime")} and result {Comparison()} {way}/result",
            3 => $"result {Comparison()} {Pick("Datastream/Thing/Locations/id", "MultiDatastream/ObservedProperties/id")}",
            4 => $"FeatureOfInterest/Observations/result {Comparison()} Datastream/Observations/result",
            5 => $"result add {way}/result {Comparison()} {Pick("FeatureOfInterest/id", "Datastream/id", "7")}",
            6 => $"id {Pick("ne", "lt")} {way}/id and result eq {way}/result",
            7 => $"{Pick("during", "before", "meets")}(phenomenonTime, {way}/phenomenonTime)",
            _ => $"FeatureOfInterest/name {Comparison()} {way}/FeatureOfInterest/name",
        };
    }

    private string Set() => random.Next(8) switch
    {
        7 => Pick("Datastream/Thing/Locations/properties/flag", "MultiDatastream/ObservedProperties/properties/b/c"),
        3 => $"Datastream/Observations/result {Comparison()} {random.Next(-3, 13)}",
        4 => $"FeatureOfInterest/Observations/FeatureOfInterest/Observations/phenomenonTime {Comparison()} {Pick(s_times)}",
        5 => $"Datastream/Observations/FeatureOfInterest/Observations/result {Comparison()} {random.Next(-3, 13)}",
        6 => $"Datastream/Observations/result {Comparison()} Datastream/Thing/Datastreams/Observations/result",
        0 => $"FeatureOfInterest/Observations/result {Comparison()} {random.Next(-3, 13)}",
        1 => $"Datastream/Thing/Locations/name {Comparison()} {Pick("'a'", "'Ä'", "''")}",
        _ => $"MultiDatastream/ObservedProperties/id {Comparison()} {random.Next(1, 5)}",
    };

    private string Comparison() => Pick("eq", "ne", "gt", "ge", "lt", "le");

    private string Pick(params ReadOnlySpan<string> texts) => texts[random.Next(texts.Length)];
}
