using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// Looks for Observations of several paths that meet a condition together. Of each source its readings are walked through once, and what counts of them
/// is kept: the least and greatest decide an order, two values that one differs, and what must be equal is found by it. All else is tried pair by pair.
/// </summary>
internal sealed class PairedSearch(IReadingStore readings, ObservationBudget budget, long nowMs)
{
    /// <summary>Values that are compared at once, and as many that are remembered for the next comparison: about 10 MB each.</summary>
    public const int MostHeld = 100_000;

    private readonly Dictionary<SeenKey, IKeptValues> _seen = [];
    private int _weight;
    private QueryProblem? _tooMany;

    /// <summary>Which limit is exceeded, or null.</summary>
    public QueryProblem? Problem => _tooMany ?? budget.Problem();

    /// <summary>Whether there are Observations of the candidate's sources that meet the condition together.</summary>
    public async ValueTask<bool> AnyAsync(
        int question, ObservationSight[] sights, ReadingCandidate candidate, ObservedCondition condition, CancellationToken cancellationToken)
    {
        var paired = new PairedCondition(condition.With(candidate.Parts), condition, nowMs);
        var parts = new ValueRow([.. candidate.Parts]);
        var kept = new List<IKeptValues>();
        for (var i = 0; i < sights.Length; i++)
        {
            var side = candidate.Sides[i];
            var key = new SeenKey(question, i, side.Source.Kind, side.Source.Id, side.Feature, parts);
            if (!_seen.TryGetValue(key, out var values))
            {
                values = paired.Kept(i);
                if (!await KeepAsync(paired, (i, side, sights[i]), values, MostHeld - kept.Sum(k => k.Weight), cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                Remember(key, values);
            }

            if (values.All.Count == 0)
            {
                return false;
            }

            kept.Add(values);
        }

        return paired.Equation is { } equation ? Joined(paired, kept, equation, cancellationToken) : Tried(paired, kept, new ValueRow[kept.Count], 0, cancellationToken);
    }

    private void Remember(SeenKey key, IKeptValues values)
    {
        var weight = values.Weight + key.Parts.Weight;
        if (_weight + weight > MostHeld)
        {
            _seen.Clear();
            _weight = 0;
        }

        _weight += weight;
        _seen[key] = values;
    }

    private async ValueTask<bool> KeepAsync(
        PairedCondition paired, (int Place, CandidateSide From, ObservationSight Sight) side, IKeptValues values, int most, CancellationToken cancellationToken)
    {
        foreach (var (fromMs, toMs) in side.From.Spans)
        {
            var cursor = new ObservationCursor(readings, side.Sight, 0, false, budget);
            cursor.Within(fromMs, toMs);
            while (!values.IsEnough && await cursor.NextAsync(cancellationToken).ConfigureAwait(false) is { } row)
            {
                values.Add(paired.Of(side.Place, row));
                if (values.Weight > most)
                {
                    _tooMany = new QueryProblem(
                        QueryProblemKind.LimitExceeded,
                        $"The Observations of the paths have more than {MostHeld} different values to compare. Compare one property with one other by gt, ge, lt, le or ne, which need the least and greatest alone, or compare rounded values.",
                        "$filter",
                        -1,
                        "values compared");
                    return false;
                }
            }
        }

        return budget.Problem() is null;
    }

    private bool Joined(
        PairedCondition paired, List<IKeptValues> kept, ((int Side, int Place) Left, (int Side, int Place) Right) equation, CancellationToken cancellationToken)
    {
        var byKey = kept[equation.Right.Side].All.ToLookup(r => EqualValues.KeyOf(r[equation.Right.Place]));
        var rows = new ValueRow[kept.Count];
        foreach (var left in kept[equation.Left.Side].All)
        {
            foreach (var right in byKey[EqualValues.KeyOf(left[equation.Left.Place])])
            {
                (rows[equation.Left.Side], rows[equation.Right.Side]) = (left, right);
                if (!IsAffordable(cancellationToken))
                {
                    return false;
                }

                if (paired.Holds(rows))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Tried(PairedCondition paired, List<IKeptValues> kept, ValueRow[] rows, int side, CancellationToken cancellationToken)
    {
        if (side == kept.Count)
        {
            return IsAffordable(cancellationToken) && paired.Holds(rows);
        }

        foreach (var row in kept[side].All)
        {
            rows[side] = row;
            if (Tried(paired, kept, rows, side + 1, cancellationToken))
            {
                return true;
            }

            if (budget.IsSpent)
            {
                return false;
            }
        }

        return false;
    }

    private bool IsAffordable(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return budget.TryPair();
    }
}
