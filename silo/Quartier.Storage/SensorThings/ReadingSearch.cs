using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Judgement;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Looks for what may be seen of single Datastreams: whether there is such an Observation, and from when to when there are any.</summary>
internal sealed class ReadingSearch(IReadingStore readings, ObservationBudget budget, long nowMs)
{
    /// <summary>Readings below which it is cheaper to look at all of them than to ask for sums first: some blocks.</summary>
    private const long FewReadings = 4_096;

    /// <summary>Parts of a long time whose least and greatest values are asked for: each part may cut a block in two.</summary>
    private const long Parts = 32;

    /// <summary>Which limit is exceeded, or null.</summary>
    public QueryProblem? Problem => budget.Problem();

    /// <summary>Whether one of the Observations meets the condition.</summary>
    public async ValueTask<bool> AnyAsync(ObservationSight sight, ReadingCandidate candidate, ObservedCondition condition, CancellationToken cancellationToken)
    {
        var asked = condition.With(candidate.Parts);
        if (IsSettled(asked))
        {
            return false;
        }

        var window = ObservationWindow.Of(asked, readings.IsAnnotated(sight.Source.Numbers[0]));
        if (window.Id is { } id)
        {
            if (!ObservationId.TryRead(id, out var number, out var atMs) || number != sight.Source.Numbers[0])
            {
                return false;
            }

            window = window with { FromMs = Math.Max(window.FromMs, atMs), ToMs = Math.Min(window.ToMs, atMs + 1) };
        }

        foreach (var (spanFromMs, spanToMs) in candidate.Sides[0].Spans)
        {
            var span = (Math.Max(window.FromMs, spanFromMs), Math.Min(window.ToMs, spanToMs));
            if (await AnyAsync(sight, span, asked, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The times from the first to the last Observation; null when there is none.</summary>
    public async ValueTask<ObservationExtent> ExtentAsync(ObservationSight sight, CancellationToken cancellationToken)
    {
        if (sight.Withheld is not null)
        {
            return default;
        }

        if (sight.Window == Resolution.Raw && readings.IsAnnotated(sight.Source.Numbers[0]))
        {
            return await TimesAsync(sight, cancellationToken).ConfigureAwait(false);
        }

        var first = await EdgeAsync(sight, false, cancellationToken).ConfigureAwait(false);
        var last = first is null ? null : await EdgeAsync(sight, true, cancellationToken).ConfigureAwait(false);
        return first is null || last is null
            ? default
            : new(EntityValue.Interval(first.StartMs, Math.Max(last.EndMs, first.StartMs)), EntityValue.Interval(first.EndMs, Math.Max(last.EndMs, first.EndMs)));
    }

    // Neither the end of a span nor a result time follows from the order of the readings.
    private async ValueTask<ObservationExtent> TimesAsync(ObservationSight sight, CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (Math.Max(sight.FromMs, 0), Math.Min(sight.ToMs, IntrinsicQuality.LatestMs));
        ReadingTimes? times = null;
        while (fromMs < toMs)
        {
            var found = await readings.TimesAsync(sight.Source.Numbers[0], fromMs, toMs, cancellationToken).ConfigureAwait(false);
            if (!budget.TrySpend(found.Examined))
            {
                return default;
            }

            (times, fromMs) = (ReadingTimes.Join(times, found.Times), found.ReachedMs);
        }

        return times is { } all ? new(EntityValue.Interval(all.FirstMs, all.LastMs), EntityValue.Interval(all.FirstResultMs, all.LastResultMs)) : default;
    }

    private async ValueTask<bool> AnyAsync(ObservationSight sight, (long FromMs, long ToMs) span, Expression asked, CancellationToken cancellationToken)
    {
        var results = ResultRange.Of(asked);
        if (results.IsAll || sight.Window != Resolution.Raw || sight.Source.Numbers.Length > 1)
        {
            return await WalkAsync(sight, span, asked, cancellationToken).ConfigureAwait(false);
        }

        foreach (var part in await WhereAsync(sight, span, results, cancellationToken).ConfigureAwait(false))
        {
            if (await WalkAsync(sight, part, asked, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    // A part that is false, and the same for all Observations of the source, leaves nothing to look at.
    private bool IsSettled(Expression asked) => asked is Expression.Binary { Operator: Operator.And } and
        ? IsSettled(and.Left) || IsSettled(and.Right)
        : !Paths.All(asked).Any() && !new ExpressionEvaluator(_ => null, nowMs).Holds(asked);

    private async ValueTask<bool> WalkAsync(ObservationSight sight, (long FromMs, long ToMs) span, Expression asked, CancellationToken cancellationToken)
    {
        var cursor = new ObservationCursor(readings, sight, 0, false, budget);
        cursor.Within(span.FromMs, span.ToMs);
        while (await cursor.NextAsync(cancellationToken).ConfigureAwait(false) is { } row)
        {
            if (new ExpressionEvaluator(part => part is Expression.Property own ? ScannedSources.Own(own, row) : null, nowMs).Holds(asked))
            {
                return true;
            }
        }

        return false;
    }

    // Sums of blocks tell where no value can be one of those asked for; what is left is looked at reading by reading.
    private async ValueTask<IEnumerable<(long FromMs, long ToMs)>> WhereAsync(
        ObservationSight sight, (long FromMs, long ToMs) span, ResultRange results, CancellationToken cancellationToken)
    {
        var number = sight.Source.Numbers[0];
        var latest = await readings.LatestAsync(number, cancellationToken).ConfigureAwait(false);
        var fromMs = Math.Max(Math.Max(span.FromMs, sight.FromMs), 0);
        var toMs = Math.Min(Math.Min(span.ToMs, sight.ToMs), latest is { } last ? last.TimeMs + 1 : 0);
        if (toMs <= fromMs || !budget.TrySpend(1))
        {
            return [];
        }

        var whole = await readings.AggregateAsync(number, fromMs, toMs, toMs - fromMs, fromMs, cancellationToken).ConfigureAwait(false);
        if (whole is not [var all] || !results.Meets(all.Min, all.Max))
        {
            return [];
        }

        if (all.Count <= FewReadings)
        {
            return [(fromMs, toMs)];
        }

        var (firstMs, lengthMs) = (Math.Max(all.FirstMs, fromMs), toMs - Math.Max(all.FirstMs, fromMs));
        var parts = await readings.AggregateAsync(number, firstMs, toMs, lengthMs / Parts + 1, firstMs, cancellationToken).ConfigureAwait(false);
        return parts.Where(p => results.Meets(p.Min, p.Max)).Select(p => (Math.Max(p.StartMs, fromMs), Math.Min(p.EndMs, toMs)));
    }

    private async ValueTask<ObservationRow?> EdgeAsync(ObservationSight sight, bool isLast, CancellationToken cancellationToken)
    {
        var cursor = new ObservationCursor(readings, sight, 0, isLast, budget, 1);
        cursor.Within(long.MinValue, long.MaxValue);
        return await cursor.NextAsync(cancellationToken).ConfigureAwait(false);
    }
}
