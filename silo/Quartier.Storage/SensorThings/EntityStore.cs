using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>The port: entities in city.db.</summary>
internal sealed class EntityStore(CityDatabase city, EntityConnections connections, AnsweredReads answered, EntityNews news) : IEntityStore
{
    /// <inheritdoc/>
    public ValueTask<QueryOutcome<EntityPage>> FindAsync(EntityQuery query, CancellationToken cancellationToken) => answered.ReadAsync(
        query.Limits,
        query.Sight,
        query.NowMs,
        (database, answers) => Resolved(database, query.Path) is { } steps ? Page(database, query, steps, answers) : Unreached(query.Path),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<QueryOutcome<EntityPage>> CountAsync(EntityQuery query, CancellationToken cancellationToken) => answered.ReadAsync<EntityPage>(
        query.Limits,
        query.Sight,
        query.NowMs,
        (database, answers) =>
        {
            if (Resolved(database, query.Path) is not { } steps)
            {
                return Unreached(query.Path);
            }

            var statement = new EntityStatement(query.Sight, query.NowMs, answers);
            var count = statement.Count(steps, query.Options.Filter);
            return statement.Problem is { } problem ? problem : new EntityPage([], answers.IsComplete ? Number(database, count) : 0, null);
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<QueryOutcome<RelatedPages>> RelatedAsync(RelatedQuery query, CancellationToken cancellationToken)
    {
        if (query.Parents.Length > RelatedQuery.MostParents)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Parents.Length, $"At most {RelatedQuery.MostParents} parents at once.");
        }

        return answered.ReadAsync(
            query.Limits, query.Sight, query.NowMs, (database, answers) => EntityRelations.Read(database, query, answers), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<Entity>> GetAsync(EntityKind kind, ImmutableArray<long> ids, CancellationToken cancellationToken)
    {
        var table = EntityTable.Of(kind);
        return await ReadAsync(table, sql => sql.Add("e.id IN (SELECT value FROM json_each(").Bind($"[{string.Join(',', ids)}]").Add("))"), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Entity?> FindRegisteredAsync(EntityKind kind, string cityId, string registryKey, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            EntityTable.Of(kind), sql => sql.Add("e.city = ").Bind(cityId).Add(" AND e.registry_key = ").Bind(registryKey), cancellationToken).ConfigureAwait(false);
        return found.IsEmpty ? null : found[0];
    }

    /// <inheritdoc/>
    public async ValueTask<Entity?> FindByNumberAsync(int number, CancellationToken cancellationToken)
    {
        var single = await ReadAsync(EntityTable.Of(EntityKind.Datastream), sql => sql.Add("e.number = ").Bind(number), cancellationToken).ConfigureAwait(false);
        if (!single.IsEmpty)
        {
            return single[0];
        }

        var multiple = await ReadAsync(
            EntityTable.Of(EntityKind.MultiDatastream),
            sql => sql.Add("e.id = (SELECT multi_datastream_id FROM sta_component WHERE number = ").Bind(number).Add(")"),
            cancellationToken).ConfigureAwait(false);
        return multiple.IsEmpty ? null : multiple[0];
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<ObservedFeature>> ObservedAsync(
        EntityKind kind, long id, long beforeMs, int most, CancellationToken cancellationToken)
    {
        var outcome = await connections.ReadAsync<ObservedFeatures>(
            QueryLimits.Default, database => new ObservedFeatures(ObservedSpans.Latest(database, (kind, id), beforeMs, most)), cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Latest ?? throw new Contracts.Readings.StoreException(outcome.Problem!.Text);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<ObservedSpan>> ObservedSpansAsync(long feature, int most, CancellationToken cancellationToken)
    {
        var outcome = await connections.ReadAsync<FeatureSpans>(
            QueryLimits.Default, database => FeatureSpans.Of(database, feature, most), cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Spans ?? throw new Contracts.Readings.StoreException(outcome.Problem!.Text);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<long>> ObservedFromAsync(long thing, CancellationToken cancellationToken)
    {
        var outcome = await connections.ReadAsync<ObservedFromThing>(
            QueryLimits.Default, database => ObservedFromThing.Of(database, thing), cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Features ?? throw new Contracts.Readings.StoreException(outcome.Problem!.Text);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<ObservationSource>> NamingStreamsAsync(CancellationToken cancellationToken)
    {
        var outcome = await connections.ReadAsync<NamingStreams>(QueryLimits.Default, database => NamingStreams.Of(database), cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Sources ?? throw new Contracts.Readings.StoreException(outcome.Problem!.Text);
    }

    /// <inheritdoc/>
    public async ValueTask<long> TakeIdsAsync(EntityKind kind, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return await city.WriteAsync(database => EntityWriter.TakeIds(database, kind, count)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<ChangeOutcome> ChangeAsync(ImmutableArray<EntityChange> changes, long nowMs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return news.Tell(await city.WriteAsync(database => EntityWriter.Apply(database, changes, nowMs)).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask<ChangeOutcome> ProjectAsync(
        string cityId, ImmutableArray<RegisteredEntity> entities, long nowMs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return news.Tell(await city.WriteAsync(database => EntityProjection.Apply(database, cityId, entities, nowMs)).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public IDisposable Watch(Action<ImmutableArray<EntityConsequence>> onChanged) => news.Watch(onChanged);

    private static QueryOutcome<EntityPage> Page(Database database, EntityQuery query, ImmutableArray<PathStep> steps, ReadingAnswers answers)
    {
        var options = query.Options;
        var statement = new EntityStatement(query.Sight, query.NowMs, answers);
        var rows = new EntityRows(EntityTable.Of(steps[^1].Kind), query.Sight);
        var top = Math.Min(options.Top ?? QueryLimits.DefaultTop, QueryLimits.MostTop);
        var page = statement.Page(steps, options, rows, top + 1);
        var count = options.Count ? statement.Count(steps, options.Filter) : null;
        if (statement.Problem is { } problem)
        {
            return problem;
        }

        if (!answers.IsComplete)
        {
            return new EntityPage([], null, null);
        }

        var found = ImmutableArray.CreateBuilder<Entity>();
        PagePosition? last = null;
        PagePosition? next = null;
        using (var prepared = page.Prepare(database))
        {
            using var row = prepared.Run();
            while (row.Next())
            {
                if (found.Count == top)
                {
                    next = last;
                    break;
                }

                found.Add(rows.Read(row));
                last = new PagePosition(OrderValues.Read(row, rows.Width, options.OrderBy.Length), row.Int64(0));
            }
        }

        return new EntityPage(found.ToImmutable(), count is null ? null : Number(database, count), next);
    }

    // A path from an Observation goes on from its Datastream or feature; null when something on the way does not exist.
    private static ImmutableArray<PathStep>? Resolved(Database database, ResourcePath path)
    {
        var followed = path.Steps[0].Kind == EntityKind.Observation ? ObservationPlace.Follow(database, path.Steps) : path.Steps;
        if (followed is not { } steps)
        {
            return null;
        }

        if (steps.Length > 1)
        {
            using var parent = EntityStatement.Parent(steps).Prepare(database);
            using var row = parent.Run();
            return row.Next() ? steps : null;
        }

        return steps;
    }

    private static QueryProblem Unreached(ResourcePath path) => new(
        QueryProblemKind.NotFound, $"There is no such {EntityTypes.Of(path.Steps[^Math.Min(2, path.Steps.Length)].Kind).Name}: the path leads nowhere.", "path", -1, null);

    private static long Number(Database database, SqlText sql)
    {
        using var prepared = sql.Prepare(database);
        using var row = prepared.Run();
        return row.Next() ? row.Int64(0) : 0;
    }

    private async ValueTask<ImmutableArray<Entity>> ReadAsync(EntityTable table, Action<SqlText> where, CancellationToken cancellationToken)
    {
        var outcome = await connections.ReadAsync<EntityPage>(
            QueryLimits.Default,
            database =>
            {
                var rows = new EntityRows(table, EntitySight.Entities);
                var sql = new SqlText().Add($"SELECT {rows.Columns("e")} FROM {table.Name} e WHERE ");
                where(sql);
                using var prepared = sql.Prepare(database);
                using var row = prepared.Run();
                var found = ImmutableArray.CreateBuilder<Entity>();
                while (row.Next())
                {
                    found.Add(rows.Read(row));
                }

                return new EntityPage(found.ToImmutable(), null, null);
            },
            cancellationToken).ConfigureAwait(false);
        return outcome.Value?.Entities ?? throw new Contracts.Readings.StoreException(outcome.Problem!.Text);
    }
}
