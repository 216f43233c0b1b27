using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Related entities of many parents.</summary>
internal static class EntityRelations
{
    /// <summary>A page for each parent.</summary>
    public static QueryOutcome<RelatedPages> Read(Database database, RelatedQuery query, ReadingAnswers answers)
    {
        if (query.Relation.Source == EntityKind.Observation)
        {
            return ObservationPlace.Related(database, query, answers);
        }

        var statement = new EntityStatement(query.Sight, query.NowMs, answers);
        var rows = new EntityRows(EntityTable.Of(query.Relation.Target), query.Sight);
        var top = Math.Min(query.Options.Top ?? QueryLimits.DefaultTop, QueryLimits.MostTop);
        var sql = statement.Related(query, rows, top + 1);
        if (statement.Problem is { } problem)
        {
            return problem;
        }

        if (!answers.IsComplete)
        {
            return new RelatedPages([]);
        }

        var pages = new Dictionary<long, Page>();
        using (var prepared = sql.Prepare(database))
        {
            using var row = prepared.Run();
            while (row.Next())
            {
                Add(pages, row, rows, query.Options, top);
            }
        }

        long? none = query.Options.Count ? 0 : null;
        var empty = new EntityPage([], none, null);
        return new RelatedPages([.. query.Parents.Select(p => pages.TryGetValue(p, out var page) ? page.Finish() : empty)]);
    }

    private static void Add(Dictionary<long, Page> pages, in Rows row, EntityRows rows, QueryOptions options, int top)
    {
        var terms = options.OrderBy.Length;
        var parent = row.Int64(rows.Width + terms);
        if (!pages.TryGetValue(parent, out var page))
        {
            pages.Add(parent, page = new Page(row.Int64OrNull(rows.Width + terms + 1)));
        }

        if (row.Int64(rows.Width + terms + 2) <= options.Skip)
        {
            return;
        }

        if (page.Entities.Count == top)
        {
            page.Next = page.Last;
            return;
        }

        page.Entities.Add(rows.Read(row));
        page.Last = new PagePosition(OrderValues.Read(row, rows.Width, terms), row.Int64(0));
    }

    private sealed class Page(long? count)
    {
        public ImmutableArray<Entity>.Builder Entities { get; } = ImmutableArray.CreateBuilder<Entity>();

        public PagePosition? Last { get; set; }

        public PagePosition? Next { get; set; }

        public EntityPage Finish() => new(Entities.ToImmutable(), count, Next);
    }
}
