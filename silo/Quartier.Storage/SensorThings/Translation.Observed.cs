using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// Conditions on Observations as questions. One on the Observations of one path is asked about each of their sources; what leads on from them into other
/// Observations is a question of its own about whatever the way leads to, answered before. One on Observations of several paths is asked about each
/// combination of their sources.
/// </summary>
internal sealed partial class Translation
{
    /// <summary>Paths whose Observations one comparison may name: each multiplies the combinations to look at.</summary>
    private const int MostSides = 4;

    private static readonly Expression s_any = new Expression.Literal(EntityValue.Of(true));

    // Which sources of several kinds are meant by the opened paths: a question is another one for each.
    private string _within = string.Empty;

    /// <summary>
    /// Asks of the Observations of the entities, which are its first path, for which the condition holds; the number of the question. Its key is the entity's id.
    /// </summary>
    public int ByRow(Expression condition)
    {
        var paths = Missing(condition);
        var observed = new ObservedPaths([.. paths.Where(IsObserved)], [.. paths.Where(p => !IsObserved(p))], []);
        if (IsTooMany(observed))
        {
            return -1;
        }

        var named = new ObservedCondition(observed.Sides, [condition]);
        return _scope.Answers.Number(
            $"{_scope.Name} by row {QueryText.Write(condition)}", () => Question(observed, named, _ => [$"{_aliases[string.Empty]}.id"], []) with { IsByRow = true });
    }

    private void Observed(List<Navigation[]> paths, List<Expression> conditions)
    {
        var wasNegated = _isNegated;
        _isNegated = false;
        if (IsAlone(paths, conditions))
        {
            Alone(paths, conditions);
        }
        else
        {
            Together(paths, conditions);
        }

        _isNegated = wasNegated;
    }

    // Whether all ways lead through the Observations of the first, and nothing of theirs is compared with what they lead on to.
    private static bool IsAlone(List<Navigation[]> paths, List<Expression> conditions) =>
        paths.TrueForAll(p => p.AsSpan().StartsWith(paths[0]))
            && (paths.FindAll(IsObserved).Count == 1 || !conditions.SelectMany(Paths.All).Any(p => p.Steps.AsSpan().SequenceEqual(paths[0])));

    private static bool IsObserved(Navigation[] path) => path[^1].Target == EntityKind.Observation;

    private void Alone(List<Navigation[]> paths, List<Expression> conditions)
    {
        var (path, further) = (paths[0], paths.Skip(1).ToLookup(p => LeadsToReadings(p[paths[0].Length..])));
        var (known, alias) = Nearest(path);
        var from = Joined(path[..^1], known, ref alias);
        var condition = new ObservedCondition([path], conditions);
        var observed = new ObservedPaths([path], [.. further[false]], [.. further[true]]);
        var outer = Outer(condition.Parts.SelectMany(Paths.All).Where(p => !p.Steps.AsSpan().StartsWith(path)), alias);
        var number = _scope.Answers.Number(
            $"{_scope.Name}{_within} found {Key(path)} {Text(conditions)}",
            () => Question(observed, condition, sides => [$"{sides[0].Entity}.id", .. outer.Select(o => $"{o.Alias}.id")], outer));
        var call = $"{ReadingFunctions.Found}({number}, {string.Join(", ", outer.Select(o => o.Alias).Prepend(alias).Select(a => a + ".id"))})";
        _sql.Add(from.IsEmpty ? call : $"EXISTS (SELECT 1 FROM {from.Tables} WHERE {from.Conditions} AND {call})");
    }

    private void Together(List<Navigation[]> paths, List<Expression> conditions)
    {
        var observed = new ObservedPaths([.. paths.Where(IsObserved)], [.. paths.Where(p => !IsObserved(p))], []);
        if (IsTooMany(observed))
        {
            _sql.Add("0");
            return;
        }

        var condition = new ObservedCondition(observed.Sides, conditions);
        var outer = Outer(conditions.SelectMany(Paths.All), string.Empty);
        var number = _scope.Answers.Number(
            $"{_scope.Name}{_within} together {string.Join(' ', observed.Sides.Select(Key))} {Text(conditions)}",
            () => Question(observed, condition, _ => outer.Select(o => $"{o.Alias}.id"), outer));
        _sql.Add($"{ReadingFunctions.Found}({number}, {string.Join(", ", outer.Select(o => $"{o.Alias}.id"))})");
    }

    private bool IsTooMany(ObservedPaths observed)
    {
        if (observed.Sides.Length > MostSides)
        {
            Problem ??= new QueryProblem(
                QueryProblemKind.LimitExceeded,
                $"One comparison names Observations of {observed.Sides.Length} paths; at most {MostSides} may be compared with each other. Split it, or ask for the Observations.",
                "$filter",
                -1,
                "paths of a comparison");
        }

        return Problem is not null;
    }

    private static string Text(IEnumerable<Expression> conditions) => string.Join(" and ", conditions.Select(QueryText.Write));

    // Entities outside that a condition names: the answer may differ from one to the next.
    private ImmutableArray<OuterEntity> Outer(IEnumerable<Expression.Property> properties, string known) =>
    [
        .. properties.Select(p => (p.Steps, Near: Nearest([.. p.Steps])))
            .Where(p => !string.Equals(p.Near.Alias, known, StringComparison.Ordinal))
            .Select(p => new OuterEntity(Key(p.Steps.Take(p.Near.Steps)), p.Near.Alias))
            .DistinctBy(o => o.Alias).OrderBy(o => o.Path, StringComparer.Ordinal),
    ];

    private ReadingQuestion Question(
        ObservedPaths observed, ObservedCondition condition, Func<ImmutableArray<ObservedSide>, IEnumerable<string>> keys, ImmutableArray<OuterEntity> outer)
    {
        var candidates = ImmutableArray.CreateBuilder<CandidateQuery>();
        foreach (var kinds in Kinds(observed, 0))
        {
            if (Candidates(observed, kinds, condition, keys, outer) is { } query)
            {
                candidates.Add(query);
            }
        }

        return new ReadingQuestion(0, candidates.ToImmutable(), condition);
    }

    // Of a feature tell Datastreams and MultiDatastreams; a way that goes on through the other one leads nowhere.
    private static IEnumerable<ImmutableArray<EntityKind>> Kinds(ObservedPaths observed, int side)
    {
        if (side == observed.Sides.Length)
        {
            return [[]];
        }

        var path = observed.Sides[side];
        EntityKind[] own = path[^1].Source == EntityKind.FeatureOfInterest ? [EntityKind.Datastream, EntityKind.MultiDatastream] : [path[^1].Source];
        return own.Where(k => !observed.IsElsewhere(path, k)).SelectMany(k => Kinds(observed, side + 1).Select(rest => rest.Insert(0, k)));
    }

    /// <summary>The statement that finds the sources; null while it waits for another answer.</summary>
    private CandidateQuery? Candidates(
        ObservedPaths observed,
        ImmutableArray<EntityKind> kinds,
        ObservedCondition condition,
        Func<ImmutableArray<ObservedSide>, IEnumerable<string>> keys,
        ImmutableArray<OuterEntity> outer)
    {
        var sql = new SqlText(Asked + _sql.Prefix);
        var inner = Inner(sql);
        var sides = ImmutableArray.CreateBuilder<ObservedSide>(kinds.Length);
        for (var i = 0; i < kinds.Length; i++)
        {
            var path = observed.Sides[i];
            var way = new ObservedWay(path, kinds[i], NamesFeature(path, observed, condition));
            int? led = observed.LeadsOn(path) ? inner.Led(way) : null;
            if (led is { } number && !_scope.Answers.IsAnswered(number))
            {
                return null;
            }

            sides.Add(inner.Open(way, led));
        }

        foreach (var way in observed.On)
        {
            inner.Open(way);
        }

        var ids = keys(sides.ToImmutable()).ToList();
        sql.Add($"SELECT DISTINCT {string.Join(", ", sides.Select(s => s.Columns).Concat(ids))}");
        foreach (var part in condition.Parts)
        {
            sql.Add(", ");
            inner.Part(part);
        }

        Problem ??= inner.Problem;
        inner.From(sql, observed.Sides.Concat(observed.On).Select(Key).Concat(outer.Select(o => o.Path)), null);
        return new CandidateQuery(kinds, sql, ids.Count, condition.Parts);
    }

    // Which feature an Observation tells of hangs on its time. When the way came from the feature, that is known already.
    private static bool NamesFeature(Navigation[] path, ObservedPaths observed, ObservedCondition condition) =>
        path[^1].Source != EntityKind.FeatureOfInterest && condition.Named.Concat(observed.Sides).Any(steps =>
            steps.Length > path.Length && steps.AsSpan().StartsWith(path) && steps[path.Length].Target == EntityKind.FeatureOfInterest);

    /// <summary>
    /// The number of the question which sources have Observations that may be seen and lead on. Nothing is looked at, and nobody is asked, beyond what
    /// is withheld: neither the answer nor its time tells of which feature a hidden stream tells.
    /// </summary>
    private int Led(ObservedWay way) => _scope.Answers.Number(
        $"{_scope.Name}{_within} led {Key(way.Path)} {way.Kind} {way.NamesFeature}",
        () => new ReadingQuestion(0, [Leading(way)], new ObservedCondition([way.Path], [s_any])));

    private CandidateQuery Leading(ObservedWay way)
    {
        var sql = new SqlText(Asked + _sql.Prefix);
        var inner = Inner(sql);
        var side = inner.Open(way, null);
        sql.Add($"SELECT DISTINCT {side.Columns}, {string.Join(", ", side.LedBy)}");
        Problem ??= inner.Problem;
        inner.From(sql, [Key(way.Path)], null);
        return new CandidateQuery([way.Kind], sql, side.LedBy.Length, []);
    }

    private ObservedSide Open(ObservedWay way, int? led)
    {
        var (path, key) = (way.Path, Key(way.Path));
        var (known, alias) = Nearest(path);
        var before = Key(path.Take(known));
        var from = Joined(path[..^1], known, ref alias);
        var isFeature = path[^1].Source == EntityKind.FeatureOfInterest;
        var source = isFeature ? from.JoinTelling(way.Kind, alias) : alias;
        var side = new ObservedSide(way.Kind, alias, source, isFeature ? alias : way.NamesFeature ? from.JoinTold(way.Kind, source) : null);
        if (led is { } number)
        {
            from.Require($"{ReadingFunctions.Found}({number}, {string.Join(", ", side.LedBy)})");
        }

        (_aliases[key], _open[key]) = (source, new OpenPath(before, from));
        Alias($"{key}{way.Kind}/", source, key);
        _absent.Add($"{key}{(way.Kind == EntityKind.Datastream ? EntityKind.MultiDatastream : EntityKind.Datastream)}/");
        if (side.Feature is { } feature)
        {
            Alias($"{key}{nameof(EntityKind.FeatureOfInterest)}/", feature, key);
        }

        _within += $" {key}{way.Kind}";
        return side;
    }

    private void Alias(string path, string alias, string parent) => (_aliases[path], _open[path]) = (alias, new OpenPath(parent, new SqlFrom(_sql)));

    // Joins a way that leads on from Observations into sets.
    private void Open(Navigation[] path)
    {
        var (known, alias) = Nearest(path);
        var before = Key(path.Take(known));
        var from = Joined(path, known, ref alias);
        (_aliases[Key(path)], _open[Key(path)]) = (alias, new OpenPath(before, from));
    }

    private Translation Inner(SqlText sql)
    {
        var inner = new Translation(sql, _root, _aliases[string.Empty], _sight, _nowMs, _scope) { _within = _within };
        foreach (var (path, alias) in _aliases)
        {
            inner._aliases[path] = alias;
        }

        foreach (var (path, open) in _open)
        {
            inner._open[path] = open;
        }

        inner._absent.UnionWith(_absent);
        return inner;
    }
}
