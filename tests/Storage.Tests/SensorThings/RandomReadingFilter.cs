using System.Globalization;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Texts of random filters that lead into Observations and ask for Datastreams' times and areas, among others that do not.</summary>
internal sealed class RandomReadingFilter(Random random, EntityKind kind)
{
    private static readonly string[] s_times =
    [
        "2026-01-02T00:00:00Z", "2026-01-02T13:15:00+02:00", "2026-01-01", "'2026-01-02T06:30:00Z'", "2026-01-02T00:00:00Z/2026-01-02T09:00:00Z",
        "2026-01-01T18:00:00Z/2026-01-03T00:00:00Z", "now()", "2026-01-02T04:00:00Z",
    ];

    private readonly RandomFilter _plain = new(random, kind);
    private readonly RandomPairedFilter _paired = new(random, kind);

    public string Condition(int depth) => (depth <= 0 ? random.Next(4, 14) : random.Next(0, 14)) switch
    {
        0 or 1 => $"({Condition(depth - 1)} and {Condition(depth - 1)})",
        2 => $"({Condition(depth - 1)} or {Condition(depth - 1)})",
        3 => $"not ({Condition(depth - 1)})",
        4 => _plain.Condition(0),
        5 or 6 => Times(Streams()),
        7 => Area(Streams()),
        _ => Observed(depth),
    };

    public string Order() => kind is not (EntityKind.Datastream or EntityKind.MultiDatastream)
        ? Pick("", "id desc")
        : Pick("phenomenonTime", "resultTime desc", "phenomenonTime desc,name", "name,phenomenonTime", "phenomenonTime eq null,id desc", "year(phenomenonTime)", "");

    private string Observed(int depth)
    {
        var way = Way();
        var result = $"{way}/result{(way.Contains("MultiDatastreams", StringComparison.Ordinal) || (kind == EntityKind.MultiDatastream && way == "Observations") ? Pick("/0", "/1") : "")}";
        return random.Next(20) switch
        {
            0 or 1 => $"{result} {Comparison()} {Number()}",
            2 => $"{result} gt {Number()} and {way}/phenomenonTime {Comparison()} {Pick(s_times)}",
            3 => $"({result} {Comparison()} {Number()} or {way}/resultTime {Comparison()} {Pick(s_times)}) and {result} ne 3",
            4 => $"{result} {Comparison()} {Pick("id", "properties/a", "id add 1", $"length({Pick("name", "'abc'")})")}",
            5 => random.Next(2) == 0 ? $"{way}/phenomenonTime {Comparison()} {Pick(s_times)}" : $"{Pick(s_times)} {Comparison()} {way}/phenomenonTime",
            6 => $"{way}/id {Pick("gt", "ne", "lt")} {random.Next(0, 9)}",
            7 => $"{Pick("during", "before", "after", "overlaps")}({way}/phenomenonTime, {Pick(s_times)})",
            8 => $"{way}/{Pick("Datastream", "MultiDatastream")}/{Pick("name", "description", "Thing/name")} {Comparison()} {Pick("'a'", "'Ä'", "null", "''")} and {result} {Comparison()} {Number()}",
            12 or 13 => $"{way}/FeatureOfInterest/{Feature()}{Pick("", $" and {result} {Comparison()} {Number()}", $" and {way}/phenomenonTime {Comparison()} {Pick(s_times)}")}",
            14 => $"{result} {Comparison()} {way}/FeatureOfInterest/id{Pick("", " add 1")}",
            15 => $"{way}/{Beyond()}/{Pick("name", "description")} {Comparison()} {Pick("'a'", "'Ä'", "null", "''", "name", $"{way}/FeatureOfInterest/name")}",
            16 => $"{result} {Comparison()} {way}/{Beyond()}/id",
            17 => $"({way}/FeatureOfInterest/{Feature()} or {way}/{Beyond()}/id {Comparison()} {random.Next(0, 6)}) and {result} {Comparison()} {Number()}",
            18 or 19 => _paired.Condition(0),
            9 => $"{result} mod 2 eq {Pick("0", "1")} and not ({Condition(depth - 1)})",
            10 => $"{way}/phenomenonTime {Comparison()} {Streams()}phenomenonTime",
            _ => $"round({result} div 2) {Comparison()} {Number()}",
        };
    }

    private string Feature() => Pick("name", "description") + $" {Comparison()} {Pick("'a'", "'Ä'", "null", "''", "name")}";

    private string Beyond() => Pick("Datastream/Thing/Locations", "Datastream/Sensor/MultiDatastreams", "MultiDatastream/ObservedProperties", "Datastream/Thing/Datastreams/ObservedProperty");

    private string Times(string stream) => random.Next(7) switch
    {
        0 => $"{stream}phenomenonTime {Pick("eq", "ne")} null",
        1 => $"{Pick("during", "before", "after", "overlaps", "meets", "starts", "finishes")}({stream}{Pick("phenomenonTime", "resultTime")}, {Pick(s_times)})",
        2 => $"{Pick("hour", "day")}({stream}phenomenonTime) {Comparison()} {random.Next(0, 20)}",
        3 => $"{stream}phenomenonTime add duration'PT6H' {Comparison()} {Pick(s_times)}",
        4 => $"{stream}phenomenonTime {Comparison()} {stream}resultTime",
        _ => $"{stream}{Pick("phenomenonTime", "resultTime")} {Comparison()} {Pick(s_times)}",
    };

    private string Area(string stream)
    {
        var (x, y) = (random.Next(-3, 3), random.Next(-3, 3));
        var (e, n) = (x + random.Next(1, 5), y + random.Next(1, 5));
        return Pick(
            $"{Pick("st_within", "st_intersects", "st_disjoint")}({stream}observedArea, geography'POLYGON(({x} {y}, {e} {y}, {e} {n}, {x} {n}, {x} {y}))')",
            $"geo.distance({stream}observedArea, geography'POINT({x} {y})') {Comparison()} {random.Next(0, 4)}");
    }

    private string Way() => kind switch
    {
        EntityKind.Datastream => Pick("Observations", "Observations", "Thing/Datastreams/Observations", "Sensor/MultiDatastreams/Observations"),
        EntityKind.MultiDatastream or EntityKind.FeatureOfInterest => "Observations",
        EntityKind.Location => Pick("Things/Datastreams/Observations", "Things/MultiDatastreams/Observations"),
        EntityKind.HistoricalLocation => "Thing/Datastreams/Observations",
        _ => Pick("Datastreams/Observations", "Datastreams/Observations", "MultiDatastreams/Observations"),
    };

    private string Streams() => kind switch
    {
        EntityKind.Datastream or EntityKind.MultiDatastream => Pick("", "", "Thing/Datastreams/"),
        EntityKind.FeatureOfInterest => Pick("Observations/", "Observations/Datastream/", "Observations/MultiDatastream/", "Observations/Datastream/Thing/Datastreams/"),
        EntityKind.Location => "Things/Datastreams/",
        EntityKind.HistoricalLocation => "Thing/MultiDatastreams/",
        _ => Pick("Datastreams/", "MultiDatastreams/"),
    };

    private string Number() => Pick("0", "5", "2.5", "-1", "11", random.Next(-4, 14).ToString(CultureInfo.InvariantCulture));

    private string Comparison() => Pick("eq", "ne", "gt", "ge", "lt", "le");

    private string Pick(params ReadOnlySpan<string> texts) => texts[random.Next(texts.Length)];
}
