using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>One pass over the Observations of some sources: filter, order, page.</summary>
internal sealed class ObservationScan(IReadingStore readings, ObservationBudget budget, ScannedSources sources, QueryOptions options, long nowMs)
{
    /// <summary>Rows that an order by anything but time may have to keep; beyond it the page lies too deep.</summary>
    private const int MostKept = 200_000;

    private readonly ObservationWindow _window = ObservationWindow.Of(options.Filter);
    private readonly ObservationWindow _annotatedWindow = ObservationWindow.Of(options.Filter, hasResultTimes: true);
    private readonly bool? _isDescending = TimeOrder(options.OrderBy);

    /// <summary>The page.</summary>
    public async ValueTask<QueryOutcome<ObservationPage>> RunAsync(CancellationToken cancellationToken)
    {
        var page = new ObservationPageBuilder(sources.Sights, options);
        if (_isDescending is null && options.OrderBy.Length > 0)
        {
            if (options.Skip + page.Top > MostKept)
            {
                return Deep();
            }

            await SortAsync(page, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WalkAsync(page, cancellationToken).ConfigureAwait(false);
        }

        long? count = options.Count && budget.Problem() is null ? await CountAsync(cancellationToken).ConfigureAwait(false) : null;
        return budget.Problem() is { } problem ? problem : page.Finish(count, budget.Examined);
    }

    /// <summary>Null: the order is by something else than time alone; true: the newest first.</summary>
    private static bool? TimeOrder(ImmutableArray<OrderTerm> terms)
    {
        if (terms.IsEmpty)
        {
            return false;
        }

        var isTime = terms[0].By is Expression.Property { Steps.IsEmpty: true, Of.Name: "phenomenonTime" };
        return isTime && terms.Length == 1 ? terms[0].Descending : null;
    }

    private static QueryProblem Deep() => new(
        QueryProblemKind.LimitExceeded, $"A page beyond the first {MostKept} rows can be had in the order of phenomenonTime only.", "$skip", -1, "rows kept");

    private async ValueTask WalkAsync(ObservationPageBuilder page, CancellationToken cancellationToken)
    {
        var after = options.After;
        await foreach (var row in RowsAsync(after, cancellationToken).ConfigureAwait(false))
        {
            if (!Passes(row) || (after is not null && !IsAfter(row, after)))
            {
                continue;
            }

            if (!page.TryAdd(row, options.OrderBy.IsEmpty ? [] : [EntityValue.Instant(row.StartMs)]))
            {
                return;
            }
        }
    }

    private bool IsAfter(ObservationRow row, PagePosition after)
    {
        if (after.Values.IsEmpty)
        {
            return !ObservationId.TryRead(after.Id, out var number, out var timeMs)
                || sources.NumberOf(row) > number || (sources.NumberOf(row) == number && row.StartMs > timeMs);
        }

        var order = row.StartMs.CompareTo(after.Values[0].Start) * (_isDescending == true ? -1 : 1);
        return order > 0 || (order == 0 && row.Id > after.Id);
    }

    private async ValueTask SortAsync(ObservationPageBuilder page, CancellationToken cancellationToken)
    {
        var comparer = new PositionOrder(options.OrderBy);
        var kept = new List<(PagePosition Position, ObservationRow Row)>();
        var most = (int)options.Skip + page.Top + 1;
        await foreach (var row in RowsAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (!Passes(row))
            {
                continue;
            }

            var evaluator = Evaluator(row);
            var position = new PagePosition([.. options.OrderBy.Select(t => PositionOrder.Plain(evaluator.Evaluate(t.By)))], row.Id);
            if (options.After is { } after && comparer.Compare(position, after) <= 0)
            {
                continue;
            }

            kept.Add((position, row));
            if (kept.Count >= 2 * most + 1_000)
            {
                Cut(kept, comparer, most);
            }
        }

        Cut(kept, comparer, most);
        foreach (var (position, row) in kept)
        {
            if (!page.TryAdd(row, position.Values))
            {
                return;
            }
        }
    }

    private static void Cut(List<(PagePosition Position, ObservationRow Row)> kept, PositionOrder comparer, int most)
    {
        kept.Sort((a, b) => comparer.Compare(a.Position, b.Position));
        if (kept.Count > most)
        {
            kept.RemoveRange(most, kept.Count - most);
        }
    }

    private async ValueTask<long> CountAsync(CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var row in RowsAsync(null, cancellationToken).ConfigureAwait(false))
        {
            count += Passes(row) ? 1 : 0;
        }

        return count;
    }

    private bool Passes(ObservationRow row) => options.Filter is null || Evaluator(row).Holds(options.Filter);

    private ExpressionEvaluator Evaluator(ObservationRow row) => new(part => sources.ValueOf(part, row, budget), nowMs);

    // In the order of time the sources are merged; otherwise one follows the other.
    private IAsyncEnumerable<ObservationRow> RowsAsync(PagePosition? after, CancellationToken cancellationToken)
    {
        var cursors = new List<ObservationCursor>();
        foreach (var (span, index) in sources.Spans)
        {
            var cursor = new ObservationCursor(readings, sources.Sights[index], index, _isDescending == true, budget);
            var (fromMs, toMs) = Bounds(span, after);
            var window = readings.IsAnnotated(span.Source.Numbers[0]) ? _annotatedWindow : _window;
            cursor.Within(Math.Max(span.FromMs, Math.Max(window.FromMs, fromMs)), Math.Min(span.ToMs, Math.Min(window.ToMs, toMs)));
            cursors.Add(cursor);
        }

        return options.OrderBy.IsEmpty || _isDescending is null
            ? ObservationMerge.OneByOneAsync(cursors, cancellationToken)
            : ObservationMerge.ByTimeAsync(cursors, _isDescending.Value, cancellationToken);
    }

    private (long FromMs, long ToMs) Bounds(SourceSpan span, PagePosition? after)
    {
        if (after is null)
        {
            return (long.MinValue, long.MaxValue);
        }

        if (!after.Values.IsEmpty)
        {
            var timeMs = after.Values[0].Start;
            return _isDescending == true ? (long.MinValue, timeMs == long.MaxValue ? timeMs : timeMs + 1) : (timeMs, long.MaxValue);
        }

        var own = span.Source.Numbers[0];
        if (!ObservationId.TryRead(after.Id, out var number, out var lastMs) || own > number)
        {
            return (long.MinValue, long.MaxValue);
        }

        return own == number ? (lastMs + 1, long.MaxValue) : (0, 0);
    }
}
