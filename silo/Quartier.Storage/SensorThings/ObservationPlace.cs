using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>To which Datastream an Observation's id belongs, and of which feature it tells. Whether there is such a reading is not looked up.</summary>
internal static class ObservationPlace
{
    /// <summary>A path from an Observation as a path from its Datastream or feature; null when there is none.</summary>
    public static ImmutableArray<PathStep>? Follow(Database database, ImmutableArray<PathStep> steps)
    {
        if (steps.Length < 2 || steps[0].Key is not { } id || steps[1].Via is not { } via || Target(database, id, via.Target) is not { } target)
        {
            return null;
        }

        return [new PathStep(via.Target, null, target), .. steps[2..]];
    }

    /// <summary>The Datastreams or features of many Observations: each has at most one.</summary>
    public static QueryOutcome<RelatedPages> Related(Database database, RelatedQuery query, ReadingAnswers answers)
    {
        var kind = query.Relation.Target;
        var targets = query.Parents.Select(id => Target(database, id, kind)).ToList();
        var known = new Dictionary<long, EntityPage>();
        foreach (var target in targets.OfType<long>().Distinct())
        {
            var outcome = One(database, query, new PathStep(kind, null, target), answers);
            if (!outcome.Try(out var page, out var problem))
            {
                return problem;
            }

            known.Add(target, page);
        }

        return new RelatedPages([.. targets.Select(t => t is { } target ? known[target] : new EntityPage([], query.Options.Count ? 0 : null, null))]);
    }

    /// <summary>The id of the Datastream, MultiDatastream or FeatureOfInterest, or null.</summary>
    private static long? Target(Database database, long id, EntityKind kind)
    {
        if (!ObservationId.TryRead(id, out var number, out var timeMs) || Source(database, number) is not var (sourceKind, source))
        {
            return null;
        }

        if (kind != EntityKind.FeatureOfInterest)
        {
            return kind == sourceKind ? source : null;
        }

        using var row = database.Prepare(
            "SELECT feature_id FROM sta_observed WHERE source_kind = ? AND source_id = ? ORDER BY from_ms <= ? DESC, CASE WHEN from_ms <= ? THEN -from_ms ELSE from_ms END LIMIT 1")
            .Bind(1, (long)sourceKind).Bind(2, source).Bind(3, timeMs).Bind(4, timeMs).Run();
        return row.Next() ? row.Int64(0) : null;
    }

    /// <summary>The Datastream or MultiDatastream that has the reading store's number, or null.</summary>
    public static (EntityKind Kind, long Id)? Source(Database database, int number)
    {
        using (var row = database.Prepare("SELECT id FROM sta_datastream WHERE number = ?").Bind(1, number).Run())
        {
            if (row.Next())
            {
                return (EntityKind.Datastream, row.Int64(0));
            }
        }

        using var component = database.Prepare("SELECT multi_datastream_id FROM sta_component WHERE number = ?").Bind(1, number).Run();
        return component.Next() ? (EntityKind.MultiDatastream, component.Int64(0)) : null;
    }

    private static QueryOutcome<EntityPage> One(Database database, RelatedQuery query, PathStep step, ReadingAnswers answers)
    {
        var statement = new EntityStatement(query.Sight, query.NowMs, answers);
        var rows = new EntityRows(EntityTable.Of(step.Kind), query.Sight);
        var sql = statement.Page([step], QueryOptions.None with { Filter = query.Options.Filter }, rows, 1);
        if (statement.Problem is { } problem)
        {
            return problem;
        }

        if (!answers.IsComplete)
        {
            return new EntityPage([], null, null);
        }

        using var prepared = sql.Prepare(database);
        using var row = prepared.Run();
        return row.Next() ? new EntityPage([rows.Read(row)], query.Options.Count ? 1 : null, null) : new EntityPage([], query.Options.Count ? 0 : null, null);
    }
}
