using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// Parts of a filter on Observations that concern their Datastream or their feature: computed once for each of these by the database, so that they are
/// constants while readings are looked at.
/// </summary>
internal sealed class SourceValues(ReadingAnswers answers)
{
    private readonly Dictionary<Expression, Dictionary<long, EntityValue>> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expression, EntityValue> _absent = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expression, Dictionary<EntityKind, int>> _byRow = new(ReferenceEqualityComparer.Instance);
    private FeatureTimes? _features;

    /// <summary>Why a part cannot be computed.</summary>
    public QueryProblem? Problem { get; private set; }

    /// <summary>Computes the parts of the expression for the sources.</summary>
    public static SourceValues Of(Database database, IEnumerable<Expression> expressions, ObservationQuery query, SourceSpans spans, ReadingAnswers answers)
    {
        var values = new SourceValues(answers);
        foreach (var expression in expressions)
        {
            values.Compute(database, expression, query, spans);
        }

        return values;
    }

    /// <summary>The value of the part for an Observation of the source at that time; null when it is no such part.</summary>
    public EntityValue? Find(Expression part, ObservationSource source, long timeMs)
    {
        if (!_values.TryGetValue(part, out var bySource))
        {
            return null;
        }

        var kind = Paths.All(part).First().Steps[0].Target;
        if (kind == EntityKind.FeatureOfInterest)
        {
            return _features?.At(source.Kind, source.Id, timeMs) is { } feature && bySource.TryGetValue(feature, out var told) ? told : _absent[part];
        }

        return kind == source.Kind && bySource.TryGetValue(source.Id, out var value) ? value : _absent[part];
    }

    /// <summary>Whether a condition that compares the Observation with others holds for it; null when it is no such condition.</summary>
    public bool? Holds(Expression condition, ObservationSource source, ObservationRow row, ObservationBudget budget)
    {
        if (!_byRow.TryGetValue(condition, out var questions))
        {
            return null;
        }

        var feature = _features?.At(source.Kind, source.Id, row.StartMs);
        return answers.ByRow(questions[source.Kind], ReadingFunctions.KeyOf([source.Id])).Any(c => (c.Feature is null || c.Feature == feature) && c.Holds(row, budget));
    }

    private void Compute(Database database, Expression expression, ObservationQuery query, SourceSpans spans)
    {
        if (ObservationSources.Way(expression) is { } way)
        {
            Read(database, expression, way, query, spans);
            return;
        }

        if (JoinedConditions.IsOne(expression))
        {
            AskByRow(database, expression, query, spans);
            return;
        }

        foreach (var child in Children(expression))
        {
            Compute(database, child, query, spans);
        }
    }

    // The Datastreams themselves, or the features of which their Observations tell; null when these are too many.
    private IEnumerable<long>? Ids(Database database, Navigation way, SourceSpans spans)
    {
        if (way.Target != EntityKind.FeatureOfInterest)
        {
            return spans.All.Select(s => s.Source).Where(s => s.Kind == way.Target).Select(s => s.Id).Distinct();
        }

        _features ??= FeatureTimes.Of(database, spans);
        return _features?.Features;
    }

    private static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Expression.Unary unary => [unary.Operand],
        Expression.Binary binary => [binary.Left, binary.Right],
        Expression.Call call => call.Arguments,
        _ => [],
    };

    // What names the Observation itself, or its Datastream and its feature, beside sets: asked of the Datastreams, with the Observation as the first of the paths.
    private void AskByRow(Database database, Expression condition, ObservationQuery query, SourceSpans spans)
    {
        _byRow[condition] = [];
        if (Paths.All(condition).SelectMany(p => p.Steps.Take(1)).FirstOrDefault(s => s.Target == EntityKind.FeatureOfInterest) is { } told && Ids(database, told, spans) is null)
        {
            Problem ??= TooManyChanges();
            return;
        }

        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, EntityKind.MultiDatastream])
        {
            var own = EntityTypes.Of(kind).Navigation("Observations")!;
            var ids = spans.All.Select(s => s.Source).Where(s => s.Kind == kind).Select(s => s.Id).Distinct();
            var translation = new Translation(new SqlText(), EntityTable.Of(kind), "e", query.Sight, query.NowMs, Scope(EntityTable.Of(kind), ids));
            _byRow[condition][kind] = translation.ByRow(ObservationSources.Moved(condition, steps => steps.Insert(0, own)));
            Problem ??= translation.Problem;
        }
    }

    private QuestionScope Scope(EntityTable table, IEnumerable<long> all)
    {
        var ids = $"[{string.Join(',', all)}]";
        return new QuestionScope(
            table.Name, answers, text => text.Add($"{table.Name} e"), text => text.Add("e.id IN (SELECT value FROM json_each(").Bind(ids).Add("))"));
    }

    private static QueryProblem TooManyChanges() => new(
        QueryProblemKind.LimitExceeded,
        $"The Observations changed their FeatureOfInterest more than {FeatureTimes.Most} times. Ask for those of fewer Datastreams, or for FeaturesOfInterest(id)/Observations.",
        "$filter",
        -1,
        "changes of features");

    private void Read(Database database, Expression expression, Navigation way, ObservationQuery query, SourceSpans spans)
    {
        if (Ids(database, way, spans) is not { } all)
        {
            Problem ??= TooManyChanges();
            return;
        }

        var table = EntityTable.Of(way.Target);
        var scope = Scope(table, all);
        var sql = new SqlText().Add("SELECT e.id, ");
        var translation = new Translation(sql, table, "e", query.Sight, query.NowMs, scope);
        translation.Part(ObservationSources.Stripped(expression));
        sql.Add(" FROM ");
        scope.From(sql);
        sql.Add(" WHERE ");
        scope.Where(sql);
        Problem ??= translation.Problem;
        if (!answers.IsComplete || Problem is not null)
        {
            return;
        }

        var found = new Dictionary<long, EntityValue>();
        using var prepared = sql.Prepare(database);
        using var row = prepared.Run();
        while (row.Next())
        {
            found[row.Int64(0)] = PartValues.Read(expression, row, 1);
        }

        _values[expression] = found;
        _absent[expression] = AbsentEntity.Value(expression, query.NowMs);
    }
}
