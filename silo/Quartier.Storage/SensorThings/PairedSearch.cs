using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// Looks for Observations of several paths that meet a condition together. Of each source its readings are walked through once, and what counts of them
/// is kept: the least and greatest decide an order, two values that one differs, and what must be equal is found by it. All else is tried pair by pair.
/// </summary>
internal sealed class PairedSearch(IReadingStore readings, ObservationBudget budget, long nowMs)
{
    /// <summary>Values that are compared at once, as many that are remembered for the next comparison, and as many with which single Observations are compared: about 10 MB each.</summary>
    public const int MostHeld = 100_000;

    private readonly Dictionary<SeenKey, IKeptValues> _seen = [];
    private int _weight;
    private int _collected;
    private QueryProblem? _tooMany;

    /// <summary>Which limit is exceeded, or null.</summary>
    public QueryProblem? Problem => _tooMany ?? budget.Problem();

    /// <summary>Whether there are Observations of the candidate's sources that meet the condition together.</summary>
    public async ValueTask<bool> AnyAsync(
        ReadingQuestion question, ObservationSight[] sights, ReadingCandidate candidate, ObservedCondition condition, CancellationToken cancellationToken)
    {
        var paired = new PairedCondition(condition.Beside(candidate.Parts), condition, nowMs);
        var kept = await KeptAsync(question.Number, paired, (candidate, sights), 0, cancellationToken).ConfigureAwait(false);
        return kept is not null && new PairedTrial(paired, [.. kept.Select(k => k.All)]).Any(budget, cancellationToken);
    }

    /// <summary>With what Observations of the candidate's first source are compared; null when for none of them the condition holds.</summary>
    public async ValueTask<RowCandidate?> CollectAsync(
        ReadingQuestion question, ObservationSight[] sights, ReadingCandidate candidate, ObservedCondition condition, CancellationToken cancellationToken)
    {
        var paired = new PairedCondition(condition.Beside(candidate.Parts), condition, nowMs);
        if (await KeptAsync(question.Number, paired, (candidate, sights), 1, cancellationToken).ConfigureAwait(false) is not { } kept)
        {
            return null;
        }

        _collected += kept.Sum(k => k.Weight) + new ValueRow([.. candidate.Parts]).Weight;
        _tooMany ??= _collected > MostHeld ? TooMany() : null;
        return new RowCandidate(candidate.Sides[0].Feature, paired, new PairedTrial(paired, [[], .. kept.Select(k => k.All)]));
    }

    private static QueryProblem TooMany() => new(
        QueryProblemKind.LimitExceeded,
        $"The Observations of the paths have more than {MostHeld} different values to compare. Compare one property with one other by gt, ge, lt, le or ne, which need the least and greatest alone, or compare rounded values.",
        "$filter",
        -1,
        "values compared");

    // Null when one of the paths has no Observation that counts, or a limit is exceeded.
    private async ValueTask<List<IKeptValues>?> KeptAsync(
        int question, PairedCondition paired, (ReadingCandidate Candidate, ObservationSight[] Sights) of, int first, CancellationToken cancellationToken)
    {
        var parts = new ValueRow([.. of.Candidate.Parts]);
        var kept = new List<IKeptValues>();
        for (var i = first; i < of.Sights.Length; i++)
        {
            var side = of.Candidate.Sides[i];
            var key = new SeenKey(question, i, side.Source.Kind, side.Source.Id, side.Feature, parts);
            if (!_seen.TryGetValue(key, out var values))
            {
                values = paired.Kept(i);
                if (!await KeepAsync(paired, (i, side, of.Sights[i]), values, MostHeld - kept.Sum(k => k.Weight), cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                Remember(key, values);
            }

            if (values.All.Count == 0)
            {
                return null;
            }

            kept.Add(values);
        }

        return kept;
    }

    private void Remember(SeenKey key, IKeptValues values)
    {
        var weight = 1 + values.Weight + key.Parts.Weight;
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
                    _tooMany = TooMany();
                    return false;
                }
            }
        }

        return budget.Problem() is null;
    }
}
