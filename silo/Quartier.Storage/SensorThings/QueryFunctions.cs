using NetTopologySuite.Geometries;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Storage.Databases;
using SQLitePCL;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// What SQLite does not know: geometry, times, capitals beyond ASCII. Each function gives NULL for arguments that it cannot use; none throws.
/// </summary>
internal static class QueryFunctions
{
    /// <summary>The first argument is the number of the <see cref="Function"/>: a condition or a number of two geometries.</summary>
    public const string Geo = "sta_geo";

    /// <summary>The length of a geometry.</summary>
    public const string GeoLength = "sta_geo_length";

    /// <summary>Whether two geometries are related as the pattern says.</summary>
    public const string GeoRelate = "sta_geo_relate";

    /// <summary>The first argument is the number of the <see cref="Function"/>: a part of a time in milliseconds since 1970.</summary>
    public const string TimePart = "sta_time_part";

    /// <summary>Milliseconds since 1970 of a time as text.</summary>
    public const string Instant = "sta_instant";

    /// <summary>Small letters.</summary>
    public const string Lower = "sta_lower";

    /// <summary>Capitals.</summary>
    public const string Upper = "sta_upper";

    /// <summary>The first argument is the number of the <see cref="Function"/>: a whole number near another; halves away from zero.</summary>
    public const string Round = "sta_round";

    /// <summary>Remainder of a division, with the dividend's sign.</summary>
    public const string Modulo = "sta_mod";

    /// <summary>Adds the functions to a connection.</summary>
    public static void AddTo(Database database)
    {
        var shapes = new Geometries();
        database.Define(Geo, 3, (context, arguments) => Answer(context, Computed(shapes, arguments)));
        database.Define(GeoLength, 1, (context, arguments) => Answer(context, Shape(shapes, arguments[0])?.Length));
        database.Define(GeoRelate, 3, (context, arguments) => Answer(context, Related(shapes, arguments)));
        database.Define(TimePart, 2, (context, arguments) => Answer(
            context, IsNull(arguments[1]) ? null : TimeParts.Of((Function)raw.sqlite3_value_int(arguments[0]), raw.sqlite3_value_int64(arguments[1]))));
        database.Define(Instant, 1, (context, arguments) =>
            Answer(context, Text(arguments[0]) is { } text && TimeText.TryInstant(text, out var ms) ? ms : (long?)null));
        database.Define(Lower, 1, (context, arguments) => Answer(context, Text(arguments[0])?.ToLowerInvariant()));
        database.Define(Upper, 1, (context, arguments) => Answer(context, Text(arguments[0])?.ToUpperInvariant()));
        database.Define(Round, 2, (context, arguments) => Answer(
            context, IsNull(arguments[1]) ? null : Rounded((Function)raw.sqlite3_value_int(arguments[0]), raw.sqlite3_value_double(arguments[1]))));
        database.Define(Modulo, 2, (context, arguments) =>
            Answer(context, IsNull(arguments[0]) || IsNull(arguments[1]) ? null : raw.sqlite3_value_double(arguments[0]) % raw.sqlite3_value_double(arguments[1])));
    }

    private static double Rounded(Function function, double number) => function switch
    {
        Function.Floor => Math.Floor(number),
        Function.Ceiling => Math.Ceiling(number),
        _ => Math.Round(number, MidpointRounding.AwayFromZero),
    };

    private static double? Computed(Geometries shapes, sqlite3_value[] arguments)
    {
        var function = (Function)raw.sqlite3_value_int(arguments[0]);
        if (Shape(shapes, arguments[1]) is not { } left || Shape(shapes, arguments[2]) is not { } right)
        {
            return null;
        }

        return Guarded(() => function switch
        {
            Function.GeoDistance => left.Distance(right),
            Function.GeoIntersects or Function.Intersects => Number(left.Intersects(right)),
            Function.Equals => Number(left.EqualsTopologically(right)),
            Function.Disjoint => Number(left.Disjoint(right)),
            Function.Touches => Number(left.Touches(right)),
            Function.Within => Number(left.Within(right)),
            Function.Overlaps => Number(left.Overlaps(right)),
            Function.Crosses => Number(left.Crosses(right)),
            Function.Contains => Number(left.Contains(right)),
            _ => null,
        });
    }

    private static double? Related(Geometries shapes, sqlite3_value[] arguments)
    {
        if (Shape(shapes, arguments[0]) is not { } left || Shape(shapes, arguments[1]) is not { } right || Text(arguments[2]) is not { Length: 9 } pattern
            || pattern.AsSpan().ContainsAnyExcept("TF*012"))
        {
            return null;
        }

        return Guarded(() => Number(left.Relate(right, pattern)));
    }

    // Outlines that cross themselves, and collections of mixed geometries, have no defined answer.
    private static double? Guarded(Func<double?> compute)
    {
        try
        {
            return compute();
        }
        catch (TopologyException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static double Number(bool value) => value ? 1 : 0;

    private static Geometry? Shape(Geometries shapes, sqlite3_value value) => Text(value) is { } text ? shapes.Of(text) : null;

    private static bool IsNull(sqlite3_value value) => raw.sqlite3_value_type(value) == raw.SQLITE_NULL;

    private static string? Text(sqlite3_value value) => raw.sqlite3_value_type(value) == raw.SQLITE_TEXT ? raw.sqlite3_value_text(value).utf8_to_string() : null;

    private static void Answer(sqlite3_context context, double? value)
    {
        if (value is not { } number || double.IsNaN(number))
        {
            raw.sqlite3_result_null(context);
            return;
        }

        raw.sqlite3_result_double(context, number);
    }

    /// <summary>Answers a whole number, or NULL.</summary>
    public static void Answer(sqlite3_context context, long? value)
    {
        if (value is { } number)
        {
            raw.sqlite3_result_int64(context, number);
            return;
        }

        raw.sqlite3_result_null(context);
    }

    private static void Answer(sqlite3_context context, string? value)
    {
        if (value is not null)
        {
            raw.sqlite3_result_text(context, value);
            return;
        }

        raw.sqlite3_result_null(context);
    }
}
