using System.Collections.Frozen;
using Quartier.Contracts.SensorThings;
using static Quartier.Contracts.SensorThings.ValueKind;

namespace Quartier.Domain.SensorThings;

/// <summary>The functions of the query language (OGC 18-088, 9.3.3.5.2), and those on spans of time.</summary>
public static class FunctionTable
{
    private static readonly ValueKind[] s_two = [Text, Text];
    private static readonly ValueKind[] s_time = [Interval];
    private static readonly ValueKind[] s_times = [Interval, Interval];
    private static readonly ValueKind[] s_number = [Number];
    private static readonly ValueKind[] s_shapes = [Geometry, Geometry];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FunctionRow> All { get; } =
    [
        new("substringof", Function.SubstringOf, ValueKind.Boolean, s_two),
        new("endswith", Function.EndsWith, ValueKind.Boolean, s_two),
        new("startswith", Function.StartsWith, ValueKind.Boolean, s_two),
        new("length", Function.Length, Number, [Text]),
        new("indexof", Function.IndexOf, Number, s_two),
        new("substring", Function.Substring, Text, [Text, Number, Number], 1),
        new("tolower", Function.ToLower, Text, [Text]),
        new("toupper", Function.ToUpper, Text, [Text]),
        new("trim", Function.Trim, Text, [Text]),
        new("concat", Function.Concat, Text, s_two),
        new("year", Function.Year, Number, s_time),
        new("month", Function.Month, Number, s_time),
        new("day", Function.Day, Number, s_time),
        new("hour", Function.Hour, Number, s_time),
        new("minute", Function.Minute, Number, s_time),
        new("second", Function.Second, Number, s_time),
        new("fractionalseconds", Function.FractionalSeconds, Number, s_time),
        new("date", Function.Date, ValueKind.Date, s_time),
        new("time", Function.Time, TimeOfDay, s_time),
        new("totaloffsetminutes", Function.TotalOffsetMinutes, Number, s_time),
        new("now", Function.Now, Instant, []),
        new("mindatetime", Function.MinDateTime, Instant, []),
        new("maxdatetime", Function.MaxDateTime, Instant, []),
        new("round", Function.Round, Number, s_number),
        new("floor", Function.Floor, Number, s_number),
        new("ceiling", Function.Ceiling, Number, s_number),
        new("geo.distance", Function.GeoDistance, Number, s_shapes),
        new("geo.length", Function.GeoLength, Number, [Geometry]),
        new("geo.intersects", Function.GeoIntersects, ValueKind.Boolean, s_shapes),
        new("st_equals", Function.Equals, ValueKind.Boolean, s_shapes),
        new("st_disjoint", Function.Disjoint, ValueKind.Boolean, s_shapes),
        new("st_touches", Function.Touches, ValueKind.Boolean, s_shapes),
        new("st_within", Function.Within, ValueKind.Boolean, s_shapes),
        new("st_overlaps", Function.Overlaps, ValueKind.Boolean, s_shapes),
        new("st_crosses", Function.Crosses, ValueKind.Boolean, s_shapes),
        new("st_intersects", Function.Intersects, ValueKind.Boolean, s_shapes),
        new("st_contains", Function.Contains, ValueKind.Boolean, s_shapes),
        new("st_relate", Function.Relate, ValueKind.Boolean, [Geometry, Geometry, Text]),
        new("before", Function.Before, ValueKind.Boolean, s_times),
        new("after", Function.After, ValueKind.Boolean, s_times),
        new("meets", Function.Meets, ValueKind.Boolean, s_times),
        new("during", Function.During, ValueKind.Boolean, s_times),
        new("overlaps", Function.TimeOverlaps, ValueKind.Boolean, s_times),
        new("starts", Function.Starts, ValueKind.Boolean, s_times),
        new("finishes", Function.Finishes, ValueKind.Boolean, s_times),
    ];

    private static readonly FrozenDictionary<string, FunctionRow> s_byName = All.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    private static readonly FrozenDictionary<Function, FunctionRow> s_byFunction = All.ToFrozenDictionary(f => f.Function);

    /// <summary>The function of the name, or null.</summary>
    public static FunctionRow? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The row of the function.</summary>
    public static FunctionRow Of(Function function) => s_byFunction[function];
}
