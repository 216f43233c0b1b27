using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// Parts of a filter on Observations that concern their Datastream: computed once for each Datastream by the database, so that they are
/// constants while its readings are looked at.
/// </summary>
internal sealed class SourceValues
{
    private readonly Dictionary<Expression, Dictionary<long, EntityValue>> _values = new(ReferenceEqualityComparer.Instance);

    /// <summary>Why a part cannot be computed.</summary>
    public QueryProblem? Problem { get; private set; }

    /// <summary>Computes the parts of the expression for the sources.</summary>
    public static SourceValues Of(Database database, IEnumerable<Expression> expressions, ObservationQuery query, SourceSpans spans)
    {
        var values = new SourceValues();
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
        var kind = Typing.Of(expression);
        var ids = spans.All.Select(s => s.Source).Where(s => s.Kind == way.Target).Select(s => s.Id).Distinct();
        var sql = new SqlText().Add("SELECT e.id, ");
        var translation = new Translation(sql, table, "e", query.Sight, query.NowMs);
        var stripped = ObservationSources.Stripped(expression);
        if (kind == ValueKind.Boolean)
        {
            translation.Condition(stripped);
        }
        else
        {
            translation.Order(stripped);
        }

        sql.Add($" FROM {table.Name} e WHERE e.id IN (SELECT value FROM json_each(").Bind($"[{string.Join(',', ids)}]").Add("))");
        Problem ??= translation.Problem;
        var found = new Dictionary<long, EntityValue>();
        using var prepared = sql.Prepare(database);
        using var row = prepared.Run();
        while (row.Next())
        {
            found[row.Int64(0)] = Typed(kind, row.Value(1));
        }

        _values[expression] = found;
    }

    private static EntityValue Typed(ValueKind kind, EntityValue value) => value.IsNull ? value : kind switch
    {
        ValueKind.Boolean => EntityValue.Of(value.Start == 1),
        ValueKind.Instant or ValueKind.Interval => EntityValue.Instant(value.Start),
        ValueKind.Date => EntityValue.Date(value.Start),
        ValueKind.Duration => EntityValue.Duration(value.Start),
        ValueKind.TimeOfDay => EntityValue.TimeOfDay(value.Start),
        _ => value,
    };
}
