using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// What rests on readings: Observations to which a condition leads, and a Datastream's times and area. The database looks up answers; what has
/// none yet is asked (<see cref="ReadingAnswers"/>), about the entities that the rest of the filter leaves.
/// </summary>
internal sealed partial class Translation
{
    private const string Asked = "q";

    private readonly HashSet<string> _absent = new(StringComparer.Ordinal);

    /// <summary>Whether only readings can answer the expression.</summary>
    public static bool NeedsReadings(Expression expression) =>
        Paths.All(expression).Any(p => LeadsToReadings(p.Steps) || p.Of is { Derived: true, Type: ValueKind.Interval });

    /// <summary>What is left of the filter without the conditions that only readings can answer; null when nothing is.</summary>
    public static Expression? Alone(Expression? filter) => filter is null
        ? null
        : Flatten(filter, Operator.And).Where(c => !NeedsReadings(c)).Aggregate((Expression?)null, (a, b) => a is null ? b : new Expression.Binary(Operator.And, a, b));

    /// <summary>Appends two columns: the value of a part of a condition, and its end when it is a span of time, or its type when it is JSON.</summary>
    public void Part(Expression expression)
    {
        // A value of JSON in a set is a condition: whether there is one that is true.
        var kind = Typing.Of(expression);
        if (kind == ValueKind.Boolean || Missing(expression).Count > 0)
        {
            Negated(() => Condition(expression));
            _sql.Add(kind == ValueKind.Json ? ", 'true'" : ", NULL");
            return;
        }

        Order(expression);
        _sql.Add(", ");
        switch (expression)
        {
            case Expression.Property { Of.Type: ValueKind.Json } json:
                Column(json, column => _sql.Add($"json_type({column}, ").Bind(PathOf(json)).Add(")"));
                break;
            case var _ when IsEdge(expression):
                Time(expression, true);
                break;
            default:
                _sql.Add("NULL");
                break;
        }
    }

    // Each path to Observations on the way, and the way as a whole.
    internal static IEnumerable<Navigation[]> ByReadings(Navigation[] path) =>
        [.. Enumerable.Range(1, path.Length).Where(n => path[n - 1].Target == EntityKind.Observation && n < path.Length).Select(n => path[..n]), path];

    private static bool LeadsToReadings(IEnumerable<Navigation> steps) => steps.Any(s => s.Target == EntityKind.Observation);

    private static bool IsEdge(Expression expression) => expression is Expression.Property { Of: { Derived: true, Type: ValueKind.Interval } };

    // Of a time that follows from Observations nothing is known while the statement is written, not even whether it lasts.
    private void Edges(bool isFunction, long code, Expression left, Expression right)
    {
        _sql.Add($"{ReadingFunctions.Spans}({(isFunction ? 1 : 0)}, ").Bind(code);
        foreach (var time in (ReadOnlySpan<Expression>)[left, right])
        {
            _sql.Add(", ");
            Time(time, false);
            _sql.Add(", ");
            Time(time, true);
        }

        _sql.Add(")");
    }

    private void Edge(Expression.Property property, bool isEnd)
    {
        var steps = property.Steps.ToArray();
        var (known, alias) = Nearest(steps);
        if (known < steps.Length && IsAbsent(steps))
        {
            _sql.Add("NULL");
            return;
        }

        var before = Key(steps.Take(known));
        var from = Joined(steps, known, ref alias);
        if (Problem is not null)
        {
            _sql.Add("NULL");
            return;
        }

        var kind = steps.Length == 0 ? _root.Type.Kind : steps[^1].Target;
        var source = alias;
        _scope.Answers.Number($"{_scope.Name}{_within} times {kind} {Key(steps)}", () => new ReadingQuestion(0, [Times(kind, source, before, from)], null));
        var call = $"{ReadingFunctions.Edge}({(int)kind}, {alias}.id, {(property.Of.Name is "resultTime" ? 2 : 0) + (isEnd ? 1 : 0)})";
        _sql.Add(from.IsEmpty ? call : $"(SELECT {call} FROM {from.Tables} WHERE {from.Conditions})");
    }

    // The place of the Thing, as answers show it.
    private void Area(string alias, Action<string> emit)
    {
        var (link, place) = (_sql.Alias(), _sql.Alias());
        _sql.Add("(SELECT ");
        Unless(_sight.HiddenLocations, place, "location", emit);
        _sql.Add($" FROM sta_thing_location {link} JOIN sta_location {place} ON {place}.id = {link}.location_id WHERE {link}.thing_id = {alias}.thing_id ORDER BY {place}.id LIMIT 1)");
    }

    private bool IsAbsent(Navigation[] steps) => Enumerable.Range(1, steps.Length).Any(n => _absent.Contains(Key(steps.Take(n))));

    private CandidateQuery Times(EntityKind kind, string alias, string before, SqlFrom from)
    {
        var sql = new SqlText(Asked + _sql.Prefix).Add($"SELECT DISTINCT {new ObservedSide(kind, alias, alias, null).Columns}, {alias}.id");
        From(sql, [before], from);
        return new CandidateQuery([kind], sql, 1, []);
    }

    // The entities of the scope, joined with what the opened paths and the last way lead to; what is joined from the left stands before what refers to it.
    private void From(SqlText sql, IEnumerable<string> opened, SqlFrom? last)
    {
        var (joined, known) = (new List<SqlFrom>(), new HashSet<string>(StringComparer.Ordinal));
        void Join(string path)
        {
            if (path.Length > 0 && known.Add(path))
            {
                Join(_open[path].Parent);
                joined.Add(_open[path].From);
            }
        }

        foreach (var path in opened)
        {
            Join(path);
        }

        joined.AddRange(last is null ? [] : [last]);
        sql.Add(" FROM ");
        _scope.From(sql);
        sql.Add(string.Concat(joined.Where(j => !j.IsEmpty).Select(j => $", {j.Tables}"))).Add(" WHERE ");
        _scope.Where(sql);
        sql.Add(string.Concat(joined.Where(j => j.Conditions.Length > 0).Select(j => $" AND {j.Conditions}")));
    }
}
