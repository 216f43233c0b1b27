using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// Parts of a filter on Observations that concern their Datastream: computed once for each Datastream by the database, so that they are
/// constants while its readings are looked at.
/// </summary>
internal sealed class SourceValues(ReadingAnswers answers)
{
    private readonly Dictionary<Expression, Dictionary<long, EntityValue>> _values = new(ReferenceEqualityComparer.Instance);

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

    /// <summary>The value of the part for the source; null when it is no such part.</summary>
    public EntityValue? Find(Expression part, ObservationSource source)
    {
        if (!_values.TryGetValue(part, out var bySource))
        {
            return null;
        }

        return Paths.All(part).First().Steps[0].Target == source.Kind && bySource.TryGetValue(source.Id, out var value) ? value : EntityValue.Null;
    }

    private void Compute(Database database, Expression expression, ObservationQuery query, SourceSpans spans)
    {
        if (ObservationSources.Way(expression) is { } way)
        {
            Read(database, expression, way, query, spans);
            return;
        }

        foreach (var child in Children(expression))
        {
            Compute(database, child, query, spans);
        }
    }

    private static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Expression.Unary unary => [unary.Operand],
        Expression.Binary binary => [binary.Left, binary.Right],
        Expression.Call call => call.Arguments,
        _ => [],
    };

    private void Read(Database database, Expression expression, Navigation way, ObservationQuery query, SourceSpans spans)
    {
        if (way.Target is not (EntityKind.Datastream or EntityKind.MultiDatastream))
        {
            Problem ??= new QueryProblem(
                QueryProblemKind.NotSupported,
                $"Observations cannot be filtered by their {way.Name} here. Ask for FeaturesOfInterest(id)/Observations, or filter by Datastream/Thing/Locations.",
                "$filter",
                -1,
                null);
            return;
        }

        var table = EntityTable.Of(way.Target);
        var ids = $"[{string.Join(',', spans.All.Select(s => s.Source).Where(s => s.Kind == way.Target).Select(s => s.Id).Distinct())}]";
        var scope = new QuestionScope(
            table.Name,
            answers,
            text => text.Add($"{table.Name} e"),
            text => text.Add("e.id IN (SELECT value FROM json_each(").Bind(ids).Add("))"));
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
    }
}
