using System.Globalization;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>Texts of random filters and orders, by type, so that most of them have a meaning.</summary>
internal sealed class RandomFilter(Random random, EntityKind kind)
{
    private static readonly string[] s_literals =
        ["''", "'a'", "'A'", "'ab'", "'Ä'", "'x''y'", "'%_'", "'''; DROP TABLE sta_thing; --'", "'😀'", "' b '", "'12'", "'ß'", "'\" OR 1=1'"];

    private static readonly string[] s_times =
        ["2026-01-02T00:00:00Z", "2026-01-03T02:00:00+02:00", "2026-01-01", "'2026-01-03T00:00:00Z'", "2026-01-02T00:00:00Z/2026-01-03T00:00:00Z", "now()"];

    public string Condition(int depth) => (depth <= 0 ? random.Next(4, 13) : random.Next(0, 13)) switch
    {
        0 or 1 => $"({Condition(depth - 1)} and {Condition(depth - 1)})",
        2 => $"{Condition(depth - 1)} and {Condition(depth - 1)} or {Condition(depth - 1)}",
        3 => $"not ({Condition(depth - 1)})",
        4 or 5 => $"{Number(depth - 1)} {Comparison()} {Number(depth - 1)}",
        6 or 7 => $"{Text(depth - 1)} {Comparison()} {Text(depth - 1)}",
        8 => $"{Pick("startswith", "endswith", "substringof")}({Text(depth - 1)}, {Text(depth - 1)})",
        9 => $"{Path("properties/t")} {Comparison()} {Pick(s_times)}",
        10 => $"{Path(Pick("properties/a", "properties/flag", "properties/b/c", "properties/b/list/0", "properties/ä-1", "description", "id"))} {Pick("eq", "ne")} {Pick("null", "true", "properties/a", "'a'", "12", "null")}",
        11 => Pick(Path("properties/flag"), $"{Pick("before", "after", "during")}({Path("properties/t")}, {Pick(s_times)})", $"{Path("properties/t")} add duration'P1D' gt {Pick(s_times)}"),
        _ => Shape(),
    };

    public string Order()
    {
        var terms = Enumerable.Range(0, random.Next(0, 4)).Select(_ =>
            Pick("name", "description", "id", "properties/a", "properties/b/c", "length(name)", "tolower(name)", "name eq 'a'", "id mod 3", "properties/flag", ToOne()) + Pick("", " desc", " asc"));
        return string.Join(',', terms.Select(t => kind == EntityKind.HistoricalLocation ? "time" : t));
    }

    private string ToOne() => kind is EntityKind.Datastream or EntityKind.MultiDatastream ? Pick("Thing/name", "Sensor/id", "Thing/properties/a") : "id";

    private string Shape()
    {
        var location = kind switch
        {
            EntityKind.Location => "location",
            EntityKind.Thing => "Locations/location",
            EntityKind.Datastream => "Thing/Locations/location",
            EntityKind.FeatureOfInterest => "feature",
            _ => null,
        };
        if (location is null)
        {
            return $"{Pick("year", "month", "day", "hour")}({Path("properties/t")}) {Comparison()} {random.Next(1, 4)}";
        }

        var (x, y) = (random.Next(-3, 3), random.Next(-3, 3));
        var (e, n) = (x + random.Next(1, 4), y + random.Next(1, 4));
        return Pick(
            $"{Pick("st_within", "st_intersects", "st_disjoint")}({location}, geography'POLYGON(({x} {y}, {e} {y}, {e} {n}, {x} {n}, {x} {y}))')",
            $"geo.distance({location}, geography'POINT({x} {y})') {Comparison()} {random.Next(0, 4)}");
    }

    private string Number(int depth) => (depth <= 0 ? random.Next(0, 4) : random.Next(0, 10)) switch
    {
        0 => random.Next(-3, 13).ToString(CultureInfo.InvariantCulture),
        1 => Pick("1.5", "-2.5", "0", "1e3"),
        2 => Path("id"),
        3 => Path(Pick("properties/a", "properties/b/c", "properties/b/list/0")),
        4 => $"length({Text(depth - 1)})",
        5 => $"indexof({Text(depth - 1)}, {Text(depth - 1)})",
        6 => $"{Pick("round", "floor", "ceiling")}({Number(depth - 1)})",
        7 => $"-({Number(depth - 1)})",
        _ => $"({Number(depth - 1)} {Pick("add", "sub", "mul", "div", "mod")} {Number(depth - 1)})",
    };

    private string Text(int depth) => (depth <= 0 ? random.Next(0, 4) : random.Next(0, 8)) switch
    {
        0 => Pick(s_literals),
        1 or 2 => Path(Pick("name", "description")),
        3 => Path(Pick("properties/a", "properties/ä-1")),
        4 => $"{Pick("tolower", "toupper", "trim")}({Text(depth - 1)})",
        5 => $"concat({Text(depth - 1)}, {Text(depth - 1)})",
        6 => $"substring({Text(depth - 1)}, {random.Next(-1, 3)})",
        _ => $"substring({Text(depth - 1)}, {random.Next(-1, 3)}, {random.Next(-1, 3)})",
    };

    // Sometimes of related entities; of those without such properties the id.
    private string Path(string property)
    {
        var (type, path) = (EntityTypes.Of(kind), string.Empty);
        for (var steps = random.Next(5) switch { 0 => 1, 1 => 2, _ => 0 }; steps > 0; steps--)
        {
            var ways = type.Navigations.Where(n => n.Target != EntityKind.Observation).ToList();
            if (ways.Count > 0)
            {
                var way = ways[random.Next(ways.Count)];
                (type, path) = (EntityTypes.Of(way.Target), $"{path}{way.Name}/");
            }
        }

        var name = property.Split('/')[0];
        return type.Property(name) is null ? $"{path}{(type.Kind == EntityKind.HistoricalLocation && name is "properties" && property.EndsWith('t') ? "time" : "id")}" : path + property;
    }

    private string Comparison() => Pick("eq", "ne", "gt", "ge", "lt", "le");

    private string Pick(params ReadOnlySpan<string> texts) => texts[random.Next(texts.Length)];
}
