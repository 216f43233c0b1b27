using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Storage.Databases;
using SQLitePCL;

namespace Quartier.Storage.SensorThings;

/// <summary>What SQLite does not know of readings: it looks up what was found out before the statement ran.</summary>
internal static class ReadingFunctions
{
    /// <summary>Whether there is an Observation as a question asks; the question's number, then ids.</summary>
    public const string Found = "sta_found";

    /// <summary>Start (0) or end (1) of the phenomenon times of what may be seen of a Datastream, start (2) or end (3) of the result times; kind, id, which.</summary>
    public const string Edge = "sta_edge";

    /// <summary>How two spans of time are related; whether by a function (1) or an operator (0), its number, starts and ends.</summary>
    public const string Spans = "sta_spans";

    /// <summary>Adds the functions to a connection.</summary>
    public static void AddTo(Database database, AnswerSlot slot)
    {
        database.Define(Found, -1, (context, arguments) => raw.sqlite3_result_int(context, slot.Current?.IsFound(Whole(arguments[0]), Key(arguments)) == true ? 1 : 0));
        database.Define(Edge, 3, (context, arguments) => QueryFunctions.Answer(
            context, Edges(slot.Current?.Extent(Whole(arguments[0]), Whole(arguments[1])) ?? default, Whole(arguments[2]))));
        database.Define(Spans, 6, (context, arguments) => QueryFunctions.Answer(context, Related(arguments)));
    }

    /// <summary>Ids as one text.</summary>
    public static string KeyOf(IEnumerable<long> ids) => string.Join(',', ids);

    private static string Key(sqlite3_value[] arguments) => KeyOf(arguments.Skip(1).Select(Whole));

    private static long Whole(sqlite3_value value) => raw.sqlite3_value_int64(value);

    private static long? Edges(ObservationExtent extent, long which) => extent.Phenomenon.IsNull ? null : which switch
    {
        0 => extent.Phenomenon.Start,
        1 => extent.Phenomenon.End,
        2 => extent.Result.Start,
        _ => extent.Result.End,
    };

    private static long? Related(sqlite3_value[] arguments)
    {
        if (arguments.Any(a => raw.sqlite3_value_type(a) == raw.SQLITE_NULL))
        {
            return null;
        }

        var (left, right) = (Span(arguments[2], arguments[3]), Span(arguments[4], arguments[5]));
        if (Whole(arguments[0]) == 1)
        {
            return FunctionValues.Of((Function)Whole(arguments[1]), [left, right], 0) is { IsNull: false } truth ? truth.Start : null;
        }

        var op = (Operator)Whole(arguments[1]);
        return (op == Operator.Equal ? Comparison.AreEqual(left, right) : Comparison.Holds(op, left, right)) ? 1 : 0;
    }

    private static EntityValue Span(sqlite3_value start, sqlite3_value end) =>
        Whole(end) > Whole(start) ? EntityValue.Interval(Whole(start), Whole(end)) : EntityValue.Instant(Whole(start));
}
