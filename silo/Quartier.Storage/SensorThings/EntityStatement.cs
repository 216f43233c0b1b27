using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Statements that find entities.</summary>
internal sealed class EntityStatement(EntitySight sight, long nowMs, ReadingAnswers answers)
{
    private const string Entity = "e";

    /// <summary>What could not be put into a statement.</summary>
    public QueryProblem? Problem { get; private set; }

    /// <summary>Whether the entities before the last step exist: one row, or none.</summary>
    public static SqlText Parent(ImmutableArray<PathStep> steps)
    {
        var sql = new SqlText();
        sql.Add("SELECT 1 WHERE EXISTS ");
        Single(sql, steps, steps.Length - 2);
        return sql;
    }

    /// <summary>A page of what the path leads to, and one entity more, with the columns of their order at the end.</summary>
    public SqlText Page(ImmutableArray<PathStep> steps, QueryOptions options, EntityRows rows, int most)
    {
        var sql = new SqlText();
        var table = EntityTable.Of(steps[^1].Kind);
        var translation = Translated(sql, table, steps, options.Filter);
        sql.Add($"SELECT {rows.Columns(Entity)}");
        foreach (var term in options.OrderBy)
        {
            sql.Add(", ");
            translation.Order(term.By);
        }

        sql.Add($" FROM {table.Name} {Entity} WHERE ");
        Where(sql, translation, steps, options.Filter);
        if (options.After is { } after)
        {
            sql.Add(" AND ");
            After(sql, translation, options.OrderBy, after);
        }

        sql.Add(" ORDER BY ");
        Order(sql, translation, options.OrderBy);
        sql.Add($" LIMIT ").Bind(most).Add(" OFFSET ").Bind(options.Skip);
        Problem ??= translation.Problem;
        return sql;
    }

    /// <summary>How many entities the path leads to.</summary>
    public SqlText Count(ImmutableArray<PathStep> steps, Expression? filter)
    {
        var sql = new SqlText();
        var table = EntityTable.Of(steps[^1].Kind);
        var translation = Translated(sql, table, steps, filter);
        sql.Add($"SELECT count(*) FROM {table.Name} {Entity} WHERE ");
        Where(sql, translation, steps, filter);
        Problem ??= translation.Problem;
        return sql;
    }

    /// <summary>
    /// The first related entities of each of many parents and one more of each; after an entity's columns come those of its order, the parent's
    /// id, how many there are of that parent when that is asked for, and the entity's place among them. To be counted, the first comes although it is skipped.
    /// </summary>
    public SqlText Related(RelatedQuery query, EntityRows rows, int most)
    {
        var (sql, relation, options) = (new SqlText(), Relation.Of(query.Relation)!, query.Options);
        var table = EntityTable.Of(query.Relation.Target);
        var translation = Translated(sql, table, query, relation);
        sql.Add($"SELECT * FROM (SELECT {rows.Columns(Entity)}");
        foreach (var term in options.OrderBy)
        {
            sql.Add(", ");
            translation.Order(term.By);
        }

        sql.Add(", p.value AS parent, ").Add(options.Count ? "count(*) OVER (PARTITION BY p.value)" : "NULL");
        sql.Add(" AS number, row_number() OVER (PARTITION BY p.value ORDER BY ");
        if (options.OrderBy.IsEmpty && string.Equals(relation.Links, Relation.Components, StringComparison.Ordinal))
        {
            sql.Add("l.position, ");
        }

        Order(sql, translation, options.OrderBy);
        sql.Add(") AS place FROM ");
        Children(sql, query, relation, table);
        sql.Add(" WHERE 1");
        Filtered(sql, translation, options.Filter);
        sql.Add(") WHERE (place > ").Bind(options.Skip).Add(" AND place <= ").Bind(options.Skip + most);
        sql.Add(options.Count ? ") OR place = 1 ORDER BY parent, place" : ") ORDER BY parent, place");
        Problem ??= translation.Problem;
        return sql;
    }

    private Translation Translated(SqlText sql, EntityTable table, ImmutableArray<PathStep> steps, Expression? filter) => Translated(
        sql, table, text => text.Add($"{table.Name} {Entity}"), (text, alone) => Where(text, alone, steps, Translation.Alone(filter)));

    private Translation Translated(SqlText sql, EntityTable table, RelatedQuery query, Relation relation) => Translated(
        sql, table, text => Children(text, query, relation, table), (text, alone) =>
        {
            text.Add("1");
            Filtered(text, alone, Translation.Alone(query.Options.Filter));
        });

    // Questions about readings concern the entities that the rest of the filter leaves.
    private Translation Translated(SqlText sql, EntityTable table, Action<SqlText> from, Action<SqlText, Translation> where)
    {
        var alone = new QuestionScope(string.Empty, answers, from, _ => { });
        var scope = new QuestionScope(
            table.Name, answers, from, text => where(text, new Translation(text, table, Entity, sight, nowMs, alone)));
        return new Translation(sql, table, Entity, sight, nowMs, scope);
    }

    private static void Children(SqlText sql, RelatedQuery query, Relation relation, EntityTable table)
    {
        sql.Add("json_each(").Bind($"[{string.Join(',', query.Parents.Distinct())}]").Add(") p ");
        sql.Add(Joined(query.Relation.Source, relation, table));
    }

    private static string Joined(EntityKind source, Relation relation, EntityTable table)
    {
        if (relation.Links is { } links)
        {
            return $"JOIN {links} l ON l.{relation.LinkSource} = p.value JOIN {table.Name} {Entity} ON {Entity}.id = l.{relation.LinkTarget}";
        }

        return relation.SourceColumn is { } column
            ? $"JOIN {EntityTable.Of(source).Name} s ON s.id = p.value JOIN {table.Name} {Entity} ON {Entity}.id = s.{column}"
            : $"JOIN {table.Name} {Entity} ON {Entity}.{relation.TargetColumn} = p.value";
    }

    private void Where(SqlText sql, Translation translation, ImmutableArray<PathStep> steps, Expression? filter)
    {
        sql.Add("1");
        if (steps[^1].Kind == EntityKind.FeatureOfInterest && sight.Features is { } features)
        {
            FeatureCondition.Add(sql, Entity, features);
        }

        Reached(sql, steps, steps.Length - 1, Entity);
        Filtered(sql, translation, filter);
    }

    private static void Filtered(SqlText sql, Translation translation, Expression? filter)
    {
        if (filter is not null)
        {
            sql.Add(" AND ");
            translation.Condition(filter);
        }
    }

    // Every step but the last leads to one entity, so its id is a scalar and the indexes of relations serve order and page.
    private static void Reached(SqlText sql, ImmutableArray<PathStep> steps, int index, string alias)
    {
        if (steps[index].Key is { } key)
        {
            sql.Add($" AND {alias}.id = ").Bind(key);
        }

        if (steps[index].Via is not { } via)
        {
            return;
        }

        var relation = Relation.Of(via)!;
        if (relation.Links is { } links)
        {
            sql.Add($" AND {alias}.id IN (SELECT {relation.LinkTarget} FROM {links} WHERE {relation.LinkSource} = ");
            Single(sql, steps, index - 1);
            sql.Add(")");
        }
        else if (relation.TargetColumn is { } column)
        {
            sql.Add($" AND {alias}.{column} = ");
            Single(sql, steps, index - 1);
        }
        else
        {
            sql.Add($" AND {alias}.id = ");
            Single(sql, steps, index - 1, relation.SourceColumn!);
        }
    }

    private static void Single(SqlText sql, ImmutableArray<PathStep> steps, int index, string column = "id")
    {
        var alias = sql.Alias();
        sql.Add($"(SELECT {alias}.{column} FROM {EntityTable.Of(steps[index].Kind).Name} {alias} WHERE 1");
        Reached(sql, steps, index, alias);
        sql.Add(")");
    }

    private static void Order(SqlText sql, Translation translation, ImmutableArray<OrderTerm> terms)
    {
        foreach (var term in terms)
        {
            translation.Order(term.By);
            sql.Add(term.Descending ? " DESC, " : ", ");
        }

        sql.Add($"{Entity}.id");
    }

    // (a after x) or (a is x and ((b after y) or … id > z)); the first term again by itself, so that its index is entered where the page begins.
    private static void After(SqlText sql, Translation translation, ImmutableArray<OrderTerm> terms, PagePosition after)
    {
        if (!terms.IsEmpty && !terms[0].Descending && !after.Values[0].IsNull)
        {
            sql.Add("(");
            translation.Order(terms[0].By);
            sql.Add(" >= ").Bind(after.Values[0]).Add(") AND ");
        }

        for (var i = 0; i < terms.Length; i++)
        {
            sql.Add("((");
            Later(sql, translation, terms[i], after.Values[i]);
            sql.Add(") OR (");
            translation.Order(terms[i].By);
            sql.Add(" IS ").Bind(after.Values[i]).Add(" AND ");
        }

        sql.Add($"{Entity}.id > ").Bind(after.Id);
        for (var i = 0; i < terms.Length; i++)
        {
            sql.Add("))");
        }
    }

    // Null is the least.
    private static void Later(SqlText sql, Translation translation, OrderTerm term, EntityValue value)
    {
        if (value.IsNull)
        {
            translation.Order(term.By);
            sql.Add(term.Descending ? " IS NULL AND 0" : " IS NOT NULL");
            return;
        }

        translation.Order(term.By);
        sql.Add(term.Descending ? " < " : " > ").Bind(value);
        if (term.Descending)
        {
            sql.Add(" OR ");
            translation.Order(term.By);
            sql.Add(" IS NULL");
        }
    }
}
