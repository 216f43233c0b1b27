using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>The port: Observations from the reading store, found by what city.db knows of their Datastreams.</summary>
internal sealed class ObservationReader(AnsweredReads answered, IReadingStore readings, TimeProvider time) : IObservationReader
{
    /// <inheritdoc/>
    public async ValueTask<QueryOutcome<ObservationPage>> FindAsync(ObservationQuery query, CancellationToken cancellationToken)
    {
        query = query with { Options = Grouped(query.Options) };
        SourceValues? values = null;
        var outcome = await answered.ReadAsync(
            query.Limits,
            query.Sight,
            query.NowMs,
            (database, answers) =>
            {
                var found = ObservationSources.Of(database, query, answers);
                if (found.Value is { } spans && answers.IsComplete)
                {
                    values = SourceValues.Of(database, Expressions(query.Options), query, spans, answers);
                }

                return values?.Problem is { } flaw ? flaw : found;
            },
            cancellationToken).ConfigureAwait(false);
        if (!outcome.Try(out var sources, out var problem))
        {
            return problem;
        }

        var (wanted, budget) = (Wanted(query.Path, sources), new ObservationBudget(query.Limits, time));
        if (!budget.TryOpen(wanted.All.Length))
        {
            return budget.Problem()!;
        }

        var scanned = await DecideAsync(wanted, values!, query.Sight, cancellationToken).ConfigureAwait(false);
        return await new ObservationScan(readings, budget, scanned, query.Options, query.NowMs).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<QueryOutcome<ObservationPages>> RelatedAsync(RelatedObservations query, CancellationToken cancellationToken)
    {
        query = query with { Options = Grouped(query.Options) };
        var spans = new SourceSpans([.. query.Parents.Where(p => !p.Numbers.IsEmpty)
            .Select(p => new SourceSpan(new ObservationSource(p.Kind, p.Id, p.Numbers, p.Owner), long.MinValue, long.MaxValue))]);
        SourceValues? values = null;
        var asked = new ObservationQuery(ResourcePath.Set(EntityKind.Observation), query.Options, query.NowMs, query.Sight, query.Limits);
        var computed = await answered.ReadAsync<SourceSpans>(
            query.Limits,
            query.Sight,
            query.NowMs,
            (database, answers) =>
            {
                values = SourceValues.Of(database, Expressions(query.Options), asked, spans, answers);
                return values.Problem is { } flaw ? flaw : spans;
            },
            cancellationToken).ConfigureAwait(false);
        if (computed.Problem is { } problem)
        {
            return problem;
        }

        var budget = new ObservationBudget(query.Limits, time);
        if (!budget.TryOpen(spans.All.Length))
        {
            return budget.Problem()!;
        }

        var all = await DecideAsync(spans, values!, query.Sight, cancellationToken).ConfigureAwait(false);
        var pages = ImmutableArray.CreateBuilder<ObservationPage>();
        foreach (var parent in query.Parents)
        {
            var own = all.Spans.Where(s => s.Span.Source.Kind == parent.Kind && s.Span.Source.Id == parent.Id).ToList();
            var scanned = new ScannedSources([.. own.Select(s => all.Sights[s.Sight])], [.. own.Select((s, i) => (s.Span, i))], values!);
            var page = await new ObservationScan(readings, budget, scanned, query.Options, query.NowMs).RunAsync(cancellationToken).ConfigureAwait(false);
            if (!page.Try(out var found, out var flaw))
            {
                return flaw;
            }

            pages.Add(found);
        }

        return new ObservationPages(pages.ToImmutable());
    }

    /// <inheritdoc/>
    public async ValueTask<QueryOutcome<ObservationExtents>> ExtentsAsync(
        ImmutableArray<ObservationSight> sights, QueryLimits limits, CancellationToken cancellationToken)
    {
        var extents = ImmutableArray.CreateBuilder<ObservationExtent>(sights.Length);
        var search = new ReadingSearch(readings, new ObservationBudget(limits, time), 0);
        foreach (var sight in sights)
        {
            extents.Add(await search.ExtentAsync(sight, cancellationToken).ConfigureAwait(false));
            if (search.Problem is { } problem)
            {
                return problem;
            }
        }

        return new ObservationExtents(extents.MoveToImmutable());
    }

    private static QueryOptions Grouped(QueryOptions options) => options.Filter is { } filter ? options with { Filter = JoinedConditions.Grouped(filter) } : options;

    private static IEnumerable<Expression> Expressions(QueryOptions options) =>
        options.Filter is { } filter ? options.OrderBy.Select(t => t.By).Prepend(filter) : options.OrderBy.Select(t => t.By);

    // A key after the last step: only that Observation.
    private static SourceSpans Wanted(ResourcePath path, SourceSpans sources)
    {
        if (path.Steps.Length == 1 || path.Last.Key is not { } id)
        {
            return sources;
        }

        return ObservationId.TryRead(id, out var number, out var timeMs)
            ? new SourceSpans([.. sources.All.Where(s => s.Source.Numbers[0] == number)
                .Select(s => s with { FromMs = Math.Max(s.FromMs, timeMs), ToMs = Math.Min(s.ToMs, timeMs + 1) })])
            : new SourceSpans([]);
    }

    private static async ValueTask<ScannedSources> DecideAsync(
        SourceSpans sources, SourceValues values, EntitySight sight, CancellationToken cancellationToken)
    {
        var distinct = sources.All.Select(s => s.Source).DistinctBy(s => (s.Kind, s.Id)).OrderBy(s => s.Numbers[0]).ToImmutableArray();
        var sights = sight.Observations is { } access
            ? await access.DecideAsync(distinct, cancellationToken).ConfigureAwait(false)
            : [.. distinct.Select(s => ObservationSight.None(s, "Nobody decided that Observations may be seen here."))];
        var places = distinct.Select((s, i) => (s, i)).ToDictionary(p => (p.s.Kind, p.s.Id), p => p.i);
        return new ScannedSources(
            sights, [.. sources.All.Select(s => (s, places[(s.Source.Kind, s.Source.Id)])).OrderBy(s => s.s.Source.Numbers[0]).ThenBy(s => s.s.FromMs)], values);
    }
}
