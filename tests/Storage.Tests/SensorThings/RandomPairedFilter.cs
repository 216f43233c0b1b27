using System.Globalization;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Texts of random filters that compare Observations of several paths, or lead from Observations on into others.</summary>
internal sealed class RandomPairedFilter(Random random, EntityKind kind)
{
    private static readonly string[] s_times =
        ["2026-01-02T00:00:00Z", "2026-01-01", "'2026-01-02T06:30:00Z'", "2026-01-02T00:00:00Z/2026-01-02T09:00:00Z", "2026-01-02T04:00:00Z"];

    public string Condition(int depth) => (depth <= 0 ? random.Next(3, 14) : random.Next(14)) switch
    {
        0 => $"({Condition(depth - 1)} and {Condition(depth - 1)})",
        1 => $"({Condition(depth - 1)} or {Condition(depth - 1)})",
        2 => $"not ({Condition(depth - 1)})",
        3 or 4 or 5 or 6 => Deeper(),
        _ => Paired(),
    };

    private string Paired()
    {
        var one = Way();
        var other = random.Next(2) == 0 ? OtherWay() : Deeper(one);
        var (a, b) = (Result(one), Result(other));
        return random.Next(17) switch
        {
            0 or 1 or 2 => $"{a} {Comparison()} {b}",
            3 => $"{a} {Pick("add", "sub", "mul", "mod")} {b} {Comparison()} {Number()}",
            4 => $"{one}/{Time()} {Comparison()} {other}/{Time()}",
            5 => $"{one}/phenomenonTime eq {other}/phenomenonTime and {a} {Comparison()} {b}",
            6 => $"{Pick("during", "before", "after", "overlaps", "meets", "starts", "finishes")}({one}/phenomenonTime, {other}/{Time()})",
            7 => $"{one}/FeatureOfInterest/{Pick("name", "id")} {Comparison()} {other}/FeatureOfInterest/{Pick("name", "id")}",
            8 => $"{a} {Comparison()} {b} add {Pick("id", "properties/a", one + "/FeatureOfInterest/id", other + "/Datastream/id")}",
            9 => $"{a} {Comparison()} {b} and {one}/{Time()} {Comparison()} {other}/{Time()}",
            10 => $"({a} {Comparison()} {Number()}) {Pick("eq", "ne")} ({b} {Comparison()} {Number()})",
            11 => $"{a} add {b} {Comparison()} {Result(OtherWay())}",
            12 => $"{one}/id {Comparison()} {other}/id",
            13 => $"{one}/Datastream/name {Comparison()} {other}/{Pick("Datastream", "MultiDatastream")}/name and {a} {Comparison()} {b}",
            14 => $"{one}/Datastream/phenomenonTime {Comparison()} {other}/{Time()}",
            15 => $"{a} {Comparison()} {one}/Datastream/Thing/Locations/id add {b}",
            _ => $"{one}/phenomenonTime sub {other}/resultTime {Comparison()} duration'PT{random.Next(0, 9)}H'",
        };
    }

    private string Deeper()
    {
        var one = Way();
        var deeper = Deeper(one);
        return random.Next(11) switch
        {
            0 or 1 => $"{Result(deeper)} {Comparison()} {Number()}",
            10 => $"{deeper}/{Pick("Datastream/Thing/Locations/properties/flag", "FeatureOfInterest/properties/flag", "MultiDatastream/ObservedProperties/properties/a")}",
            2 => $"{deeper}/{Time()} {Comparison()} {Pick(s_times)}",
            3 => $"{Result(deeper)} {Comparison()} {Number()} and {deeper}/{Time()} {Comparison()} {Pick(s_times)}",
            4 => $"{Result(deeper)} {Comparison()} {Pick("id", one + "/FeatureOfInterest/id", one + "/Datastream/id")}",
            5 => $"{one}/{Pick("FeatureOfInterest", "Datastream")}/name {Comparison()} {deeper}/{Pick("FeatureOfInterest", "Datastream")}/name",
            6 => $"{deeper}/{Time()} {Comparison()} {one}/Datastream/{Time()}",
            7 => $"{deeper}/Datastream/{Pick("Thing/Locations", "Thing/Datastreams", "Sensor/MultiDatastreams")}/{Pick("name", "description")} {Comparison()} {Pick("'a'", "'Ä'", "''")}",
            8 => $"{one}/Datastream/Thing/Locations/id {Comparison()} {Result(deeper)}",
            _ => $"{Result(Deeper(deeper))} {Comparison()} {Number()}",
        };
    }

    private string Way() => kind switch
    {
        EntityKind.Datastream => Pick("Observations", "Observations", "Thing/Datastreams/Observations", "Sensor/MultiDatastreams/Observations"),
        EntityKind.MultiDatastream or EntityKind.FeatureOfInterest => "Observations",
        EntityKind.Location => Pick("Things/Datastreams/Observations", "Things/MultiDatastreams/Observations"),
        EntityKind.HistoricalLocation => Pick("Thing/Datastreams/Observations", "Locations/Things/Datastreams/Observations"),
        _ => Pick("Datastreams/Observations", "Datastreams/Observations", "MultiDatastreams/Observations"),
    };

    private string OtherWay() => kind switch
    {
        EntityKind.Datastream => Pick("Observations", "Thing/MultiDatastreams/Observations", "Sensor/Datastreams/Observations"),
        EntityKind.MultiDatastream => Pick("Observations", "Thing/Datastreams/Observations", "ObservedProperties/Datastreams/Observations"),
        EntityKind.FeatureOfInterest => Deeper("Observations"),
        EntityKind.Location => Pick("Things/Datastreams/Observations", "Things/MultiDatastreams/Observations"),
        EntityKind.HistoricalLocation => "Thing/MultiDatastreams/Observations",
        _ => Pick("Datastreams/Observations", "MultiDatastreams/Observations", "MultiDatastreams/Thing/Datastreams/Observations"),
    };

    private string Deeper(string way) => $"{way}/" + Pick(
        "Datastream/Observations", "FeatureOfInterest/Observations", "FeatureOfInterest/Observations", "MultiDatastream/Observations", "Datastream/Thing/Datastreams/Observations",
        "Datastream/Thing/MultiDatastreams/Observations", "MultiDatastream/Thing/Datastreams/Observations");

    private string Result(string way) => $"{way}/result{(random.Next(4) == 0 || way.EndsWith("MultiDatastreams/Observations", StringComparison.Ordinal) ? Pick("/0", "/1", "") : "")}";

    private string Time() => Pick("phenomenonTime", "resultTime");

    private string Number() => Pick("0", "5", "2.5", random.Next(-4, 14).ToString(CultureInfo.InvariantCulture));

    private string Comparison() => Pick("eq", "ne", "gt", "ge", "lt", "le");

    private string Pick(params ReadOnlySpan<string> texts) => texts[random.Next(texts.Length)];
}
