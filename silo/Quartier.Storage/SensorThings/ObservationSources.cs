using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Which Datastreams a question about Observations concerns, and when.</summary>
internal static class ObservationSources
{
    /// <summary>The sources of the path; a source may stand there several times, for several spans.</summary>
    public static QueryOutcome<SourceSpans> Of(Database database, ObservationQuery query, ReadingAnswers answers)
    {
        var steps = query.Path.Steps;
        if (steps.Length == 1)
        {
            return (steps[0].Key ?? ObservationWindow.Of(query.Options.Filter).Id) is { } id ? OfId(database, id) : OfAll(database, query, answers);
        }

        var parent = steps[^2];
        if (steps.Length > 2)
        {
            using var reached = EntityStatement.Parent(steps).Prepare(database);
            using var row = reached.Run();
            if (!row.Next())
            {
                return NoParent(parent);
            }
        }

        if (parent.Kind == EntityKind.FeatureOfInterest)
        {
            return OfFeature(database, steps, query.Sight);
        }

        var found = Find(database, query, new EntityFinding(steps[..^1], null, 1), answers);
        return found.Value is { All.IsEmpty: true } && !Exists(database, parent) ? NoParent(parent) : found;
    }

    /// <summary>The condition without the step to the Datastream: as a question about Datastreams.</summary>
    public static Expression Stripped(Expression expression) => Moved(expression, steps => steps[1..]);

    /// <summary>The condition with other ways to all its properties.</summary>
    public static Expression Moved(Expression expression, Func<ImmutableArray<Navigation>, ImmutableArray<Navigation>> way) => expression switch
    {
        Expression.Property property => property with { Steps = way(property.Steps) },
        Expression.Unary unary => unary with { Operand = Moved(unary.Operand, way) },
        Expression.Binary binary => binary with { Left = Moved(binary.Left, way), Right = Moved(binary.Right, way) },
        Expression.Call call => call with { Arguments = [.. call.Arguments.Select(a => Moved(a, way))] },
        _ => expression,
    };

    /// <summary>The relation by which alone the expression leaves the Observation; null when it stays or uses several.</summary>
    public static Navigation? Way(Expression expression)
    {
        var ways = Paths.All(expression).Select(p => p.Steps.IsEmpty ? null : p.Steps[0]).Distinct().ToList();
        return ways.Count == 1 ? ways[0] : null;
    }

    private static bool Exists(Database database, PathStep parent)
    {
        var sql = new SqlText().Add($"SELECT 1 FROM {EntityTable.Of(parent.Kind).Name} WHERE id = ").Bind(parent.Key ?? 0);
        using var prepared = sql.Prepare(database);
        using var row = prepared.Run();
        return parent.Key is null || row.Next();
    }

    private static QueryProblem NoParent(PathStep parent) =>
        new(QueryProblemKind.NotFound, $"There is no such {EntityTypes.Of(parent.Kind).Name}: the path leads nowhere.", "path", -1, null);

    private static QueryOutcome<SourceSpans> OfId(Database database, long id)
    {
        if (!ObservationId.TryRead(id, out var number, out var timeMs) || ObservationPlace.Source(database, number) is not var (kind, source))
        {
            return new SourceSpans([]);
        }

        return new SourceSpans([.. Read(database, new SqlText().Add("e.id = ").Bind(source), kind).Select(s => new SourceSpan(s, timeMs, timeMs + 1))]);
    }

    private static QueryOutcome<SourceSpans> OfAll(Database database, ObservationQuery query, ReadingAnswers answers)
    {
        var conditions = query.Options.Filter is { } filter ? Conjuncts(filter).ToList() : [];
        var all = ImmutableArray.CreateBuilder<SourceSpan>();
        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, EntityKind.MultiDatastream])
        {
            var own = conditions.Where(c => Way(c)?.Target == kind).Select(Stripped).ToList();
            var isForeign = conditions.Any(c => Way(c) is { Target: EntityKind.Datastream or EntityKind.MultiDatastream } way && way.Target != kind
                && AbsentEntity.Value(c, query.NowMs) is not { Kind: ValueKind.Boolean, Start: 1 });
            if (isForeign)
            {
                continue;
            }

            var condition = own.Count == 0 ? null : own.Aggregate((a, b) => new Expression.Binary(Operator.And, a, b));
            var found = Find(
                database, query, new EntityFinding([new PathStep(kind, null, null)], condition, query.Limits.Sources + 1), answers);
            if (!found.Try(out var spans, out var problem))
            {
                return problem;
            }

            all.AddRange(spans.All);
        }

        return all.Count <= query.Limits.Sources
            ? new SourceSpans(all.ToImmutable())
            : new QueryProblem(
                QueryProblemKind.LimitExceeded,
                $"The question concerns more than {query.Limits.Sources} Datastreams. Ask for the Observations of one, or filter by Datastream/…",
                string.Empty,
                -1,
                "sources");
    }

    private static IEnumerable<Expression> Conjuncts(Expression filter) =>
        filter is Expression.Binary { Operator: Operator.And } and ? Conjuncts(and.Left).Concat(Conjuncts(and.Right)) : [filter];

    private static QueryOutcome<SourceSpans> Find(
        Database database, ObservationQuery query, EntityFinding wanted, ReadingAnswers answers)
    {
        var statement = new EntityStatement(query.Sight, query.NowMs, answers);
        var rows = new EntityRows(EntityTable.Of(wanted.Steps[^1].Kind), query.Sight);
        var sql = statement.Page(wanted.Steps, QueryOptions.None with { Filter = wanted.Filter }, rows, wanted.Most);
        if (statement.Problem is { } problem)
        {
            return problem;
        }

        if (!answers.IsComplete)
        {
            return new SourceSpans([]);
        }

        using var prepared = sql.Prepare(database);
        return new SourceSpans([.. Read(prepared, rows).Select(s => new SourceSpan(s, long.MinValue, long.MaxValue))]);
    }

    private static QueryOutcome<SourceSpans> OfFeature(Database database, ImmutableArray<PathStep> steps, EntitySight sight)
    {
        var feature = steps[^2].Key!.Value;
        var exists = new SqlText().Add("SELECT 1 FROM sta_feature e WHERE e.id = ").Bind(feature);
        if (sight.Features is { } features)
        {
            FeatureCondition.Add(exists, "e", features);
        }

        using (var prepared = exists.Prepare(database))
        {
            using var row = prepared.Run();
            if (!row.Next())
            {
                return NoParent(steps[^2]);
            }
        }

        var spans = ImmutableArray.CreateBuilder<SourceSpan>();
        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, EntityKind.MultiDatastream])
        {
            var observed = new SqlText().Add("e.id IN (SELECT source_id FROM sta_observed WHERE source_kind = ").Bind((long)kind)
                .Add(" AND feature_id = ").Bind(feature).Add(")");
            foreach (var source in Read(database, observed, kind))
            {
                spans.AddRange(ObservedSpans.Of(database, kind, source.Id, feature).Select(s => new SourceSpan(source, s.FromMs, s.ToMs)));
            }
        }

        return new SourceSpans(spans.ToImmutable());
    }

    /// <summary>The sources that meet a condition on the row <c>e</c> of their table.</summary>
    public static List<ObservationSource> Read(Database database, SqlText where, EntityKind kind)
    {
        var table = EntityTable.Of(kind);
        var rows = new EntityRows(table, EntitySight.Entities);
        var sql = new SqlText().Add($"SELECT {rows.Columns("e")} FROM {table.Name} e WHERE ").Add(where);
        using var prepared = sql.Prepare(database);
        return Read(prepared, rows);
    }

    private static List<ObservationSource> Read(Statement prepared, EntityRows rows)
    {
        var found = new List<ObservationSource>();
        using var row = prepared.Run();
        while (row.Next())
        {
            var entity = rows.Read(row);
            if (!entity.Numbers.IsEmpty)
            {
                found.Add(new ObservationSource(entity.Kind, entity.Id, entity.Numbers, entity.Owner));
            }
        }

        return found;
    }
}
