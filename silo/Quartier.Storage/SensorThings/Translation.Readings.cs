using System.Collections.Immutable;
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
    private const string FeatureSource = "qs";
    private const string Told = "qo";
    private const string ToldFeature = "qf";

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
        if (Typing.Of(expression) == ValueKind.Boolean)
        {
            Negated(() => Condition(expression));
            _sql.Add(", NULL");
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

    private static IEnumerable<Navigation[]> ByReadings(Navigation[] path) =>
        Array.FindIndex(path, s => s.Target == EntityKind.Observation) is >= 0 and var first && first < path.Length - 1 ? [path[..(first + 1)], path] : [path];

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
        if (LeadsToReadings(steps) && _open.GetValueOrDefault(before)?.IsFeature == true)
        {
            NotHere("A condition on Observations of a feature cannot name the times of their Datastream. Begin at the Datastreams.");
        }

        var from = Joined(steps, known, ref alias);
        if (Problem is not null)
        {
            _sql.Add("NULL");
            return;
        }

        var kind = steps.Length == 0 ? _root.Type.Kind : steps[^1].Target;
        var source = alias;
        _scope.Answers.Number($"{_scope.Name} times {kind} {Key(steps)}", () => new ReadingQuestion(0, [Times(kind, source, before, from)], null));
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

    private void Observed(List<Navigation[]> paths, List<Expression> conditions)
    {
        var path = paths[0];
        if (Refusal(path, paths.Skip(1)) is { } reason)
        {
            NotHere(reason);
            _sql.Add("0");
            return;
        }

        var wasNegated = _isNegated;
        _isNegated = false;
        var (known, alias) = Nearest(path);
        var before = Key(path.Take(known));
        var from = Joined(path[..^1], known, ref alias);
        var condition = new ObservedCondition(path, conditions);
        var sources = new ObservedSources(path[^1].Source, Key(path), alias, before, from, Outer(path, alias, condition))
        {
            On = [.. paths.Skip(1)],
            NamesFeature = NamesFeature(path, condition),
        };
        var name = $"{_scope.Name} found {Key(path)} {string.Join(" and ", conditions.Select(QueryText.Write))}";
        var number = _scope.Answers.Number(name, () => Question(sources, condition));
        var call = $"{ReadingFunctions.Found}({number}, {string.Join(", ", sources.Outer.Select(o => o.Alias).Prepend(alias).Select(a => a + ".id"))})";
        _sql.Add(from.IsEmpty ? call : $"EXISTS (SELECT 1 FROM {from.Tables} WHERE {from.Conditions} AND {call})");
        _isNegated = wasNegated;
    }

    private static string? Refusal(Navigation[] path, IEnumerable<Navigation[]> further)
    {
        foreach (var other in further)
        {
            if (!other.AsSpan().StartsWith(path))
            {
                return "One comparison cannot name Observations of two paths: each pair of their Observations would have to be looked at, and no limit on readings bounds pairs. Ask for the Observations of both, or compare each with a value.";
            }

            if (LeadsToReadings(other[path.Length..]))
            {
                return "A condition cannot lead from Observations on into Observations: for each that is found, all others would have to be looked at again. Begin at the entity between them.";
            }
        }

        return null;
    }

    // Which feature an Observation tells of hangs on its time. When the way came from the feature, that is known already.
    private static bool NamesFeature(Navigation[] path, ObservedCondition condition) =>
        path[^1].Source != EntityKind.FeatureOfInterest && condition.Parts.SelectMany(Paths.All).Any(p =>
            p.Steps.Length > path.Length && p.Steps.AsSpan().StartsWith(path) && p.Steps[path.Length].Target == EntityKind.FeatureOfInterest);

    // Other entities that the condition names: the answer may differ from one to the next.
    private ImmutableArray<OuterEntity> Outer(Navigation[] path, string alias, ObservedCondition condition) =>
    [
        .. condition.Parts.SelectMany(Paths.All)
            .Where(p => p.Steps.Length < path.Length || !p.Steps.AsSpan(0, path.Length).SequenceEqual(path))
            .Select(p => (p.Steps, Near: Nearest([.. p.Steps])))
            .Where(p => !string.Equals(p.Near.Alias, alias, StringComparison.Ordinal))
            .Select(p => new OuterEntity(Key(p.Steps.Take(p.Near.Steps)), p.Near.Alias))
            .Distinct().OrderBy(o => o.Path, StringComparer.Ordinal),
    ];

    private ReadingQuestion Question(ObservedSources sources, ObservedCondition condition)
    {
        ReadOnlySpan<EntityKind> kinds = sources.Kind == EntityKind.FeatureOfInterest ? [EntityKind.Datastream, EntityKind.MultiDatastream] : [sources.Kind];
        var candidates = ImmutableArray.CreateBuilder<CandidateQuery>();
        foreach (var kind in kinds)
        {
            if (!sources.On.Any(way => IsElsewhere(kind, way[sources.Steps..])))
            {
                candidates.Add(Candidates(kind, sources, condition));
            }
        }

        return new ReadingQuestion(0, candidates.ToImmutable(), condition);
    }

    // An Observation of a Datastream has no MultiDatastream, and the other way round: there is nothing to lead on to.
    private static bool IsElsewhere(EntityKind kind, Navigation[] way) =>
        way[0].Target is EntityKind.Datastream or EntityKind.MultiDatastream && way[0].Target != kind;

    private CandidateQuery Candidates(EntityKind kind, ObservedSources sources, ObservedCondition condition)
    {
        var sql = new SqlText(Asked);
        var isFeature = sources.Kind == EntityKind.FeatureOfInterest;
        var source = isFeature ? FeatureSource : sources.Alias;
        var inner = Inner(sql, sources, kind, source);
        var ways = sources.On.Select(inner.Open).ToList();
        sql.Add($"SELECT DISTINCT {CandidateQuery.Columns(kind, source)}, {sources.Alias}.id");
        foreach (var outer in sources.Outer)
        {
            sql.Add($", {outer.Alias}.id");
        }

        foreach (var part in condition.Parts)
        {
            sql.Add(", ");
            inner.Part(part);
        }

        Problem ??= inner.Problem;
        sql.Add(sources.NamesFeature ? $", {ToldFeature}.id" : string.Empty);
        var more = (isFeature ? $", {EntityTable.Of(kind).Name} {source}" : string.Empty) + string.Concat(ways.Select(w => $", {w.Tables}"));
        if (sources.NamesFeature)
        {
            more += $" LEFT JOIN sta_observed {Told} ON {Told}.source_kind = {(int)kind} AND {Told}.source_id = {source}.id LEFT JOIN sta_feature {ToldFeature} ON {ToldFeature}.id = {Told}.feature_id";
        }

        From(sql, [sources.Before, .. sources.Outer.Select(o => o.Path)], sources.From, more);
        sql.Add(string.Concat(ways.Select(w => $" AND {w.Conditions}")));
        if (isFeature)
        {
            sql.Add($" AND {source}.id IN (SELECT source_id FROM sta_observed WHERE source_kind = ").Bind((long)kind).Add($" AND feature_id = {sources.Alias}.id)");
        }

        var (keys, parts) = (sources.Outer.Length + 1, condition.Parts);
        return new CandidateQuery(kind, sql, keys, parts, isFeature ? CandidateQuery.FirstKey : sources.NamesFeature ? CandidateQuery.AfterParts(keys, parts) : null);
    }

    // Joins a way that leads on from Observations into sets.
    private SqlFrom Open(Navigation[] path)
    {
        var (known, alias) = Nearest(path);
        var before = Key(path.Take(known));
        var from = Joined(path, known, ref alias);
        _aliases[Key(path)] = alias;
        _open[Key(path)] = new OpenPath(before, from, _open.GetValueOrDefault(before)?.IsFeature == true);
        return from;
    }

    private CandidateQuery Times(EntityKind kind, string alias, string before, SqlFrom from)
    {
        var sql = new SqlText(Asked).Add($"SELECT DISTINCT {CandidateQuery.Columns(kind, alias)}, {alias}.id");
        From(sql, [before], from, string.Empty);
        return new CandidateQuery(kind, sql, 1, [], null);
    }

    private Translation Inner(SqlText sql, ObservedSources sources, EntityKind kind, string source)
    {
        var inner = new Translation(sql, _root, _aliases[string.Empty], _sight, _nowMs, _scope);
        foreach (var (path, alias) in _aliases)
        {
            inner._aliases[path] = alias;
        }

        foreach (var (path, open) in _open)
        {
            inner._open[path] = open;
        }

        inner._aliases[sources.Path] = source;
        foreach (var other in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, EntityKind.MultiDatastream])
        {
            var way = $"{sources.Path}{other}/";
            if (other == kind)
            {
                inner._aliases[way] = source;
                inner._open[way] = new OpenPath(sources.Before, sources.From, sources.Kind == EntityKind.FeatureOfInterest);
            }
            else
            {
                inner._absent.Add(way);
            }
        }

        if (sources.Kind == EntityKind.FeatureOfInterest || sources.NamesFeature)
        {
            inner._aliases[$"{sources.Path}{nameof(EntityKind.FeatureOfInterest)}/"] = sources.NamesFeature ? ToldFeature : sources.Alias;
        }

        return inner;
    }

    // The entities of the scope, joined with what the opened paths and the last way lead to.
    private void From(SqlText sql, IEnumerable<string> opened, SqlFrom last, string more)
    {
        var joined = new List<SqlFrom>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in opened)
        {
            for (var next = path; next.Length > 0 && known.Add(next); next = _open[next].Parent)
            {
                joined.Add(_open[next].From);
            }
        }

        joined = [.. joined.Append(last).Where(j => !j.IsEmpty)];
        sql.Add(" FROM ");
        _scope.From(sql);
        sql.Add(string.Concat(joined.Select(j => $", {j.Tables}")) + more + " WHERE ");
        _scope.Where(sql);
        sql.Add(string.Concat(joined.Select(j => $" AND {j.Conditions}")));
    }
}
