using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// Statements that rest on readings too: what they ask of readings is answered between two translations, by what the caller may see of each
/// Datastream. Nothing is looked at of what is withheld, so that there is nothing to be found out, by the answer or by how long it took.
/// </summary>
internal sealed class AnsweredReads(EntityConnections connections, IReadingStore readings, TimeProvider time)
{
    /// <summary>
    /// Rounds of questions that rest on others' answers. A path of twelve steps leads through Observations six times, each with a question which of them lead
    /// on; times of Datastreams within are one more, and parts of filters on Observations come after what narrows their sources.
    /// </summary>
    private const int MostRounds = 32;

    /// <summary>Reads when everything is answered.</summary>
    public async ValueTask<QueryOutcome<T>> ReadAsync<T>(
        QueryLimits limits, EntitySight sight, long nowMs, Func<Database, ReadingAnswers, QueryOutcome<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var answers = new ReadingAnswers();
        var budget = new ObservationBudget(limits, time);
        for (var round = 0; round < MostRounds; round++)
        {
            List<(ReadingQuestion Question, ReadingCandidate Candidate)> candidates = [];
            var isAsked = false;
            var outcome = await connections.ReadAsync(
                limits,
                answers,
                database =>
                {
                    var found = read(database, answers);
                    isAsked = !answers.IsComplete;
                    return found.Problem is null && isAsked ? Candidates(database, answers, limits, candidates) is { } tooMany ? tooMany : found : found;
                },
                cancellationToken).ConfigureAwait(false);
            if (outcome.Problem is not null || !isAsked)
            {
                return outcome;
            }

            // Also when the database needed all of it: each round may take as long as the whole question.
            if (!budget.TryOpen(candidates.Sum(c => c.Candidate.Spans)) || budget.Problem() is not null)
            {
                return budget.Problem()!;
            }

            if (await AnswerAsync(candidates, answers, (new ReadingSearch(readings, budget, nowMs), new PairedSearch(readings, budget, nowMs)), sight, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                return problem;
            }
        }

        throw new InvalidOperationException($"Questions about readings had no end after {MostRounds} rounds.");
    }

    private static QueryProblem? Candidates(
        Database database, ReadingAnswers answers, QueryLimits limits, List<(ReadingQuestion Question, ReadingCandidate Candidate)> candidates)
    {
        var spans = 0;
        foreach (var question in answers.Take())
        {
            foreach (var query in question.Candidates)
            {
                var found = query.Read(database, limits.Sources + 1 - Math.Min(spans, limits.Sources));
                candidates.AddRange(found.Select(c => (question, c)));
                spans += found.Sum(c => c.Spans);
                if (spans > limits.Sources)
                {
                    return new QueryProblem(
                        QueryProblemKind.LimitExceeded,
                        $"The question looks into the Observations of more than {limits.Sources} Datastreams. Add conditions joined by 'and' that leave fewer, or ask for one.",
                        string.Empty,
                        -1,
                        "sources");
                }
            }
        }

        return null;
    }

    private static async ValueTask<QueryProblem?> AnswerAsync(
        List<(ReadingQuestion Question, ReadingCandidate Candidate)> candidates,
        ReadingAnswers answers,
        (ReadingSearch One, PairedSearch Several) search,
        EntitySight sight,
        CancellationToken cancellationToken)
    {
        var looked = await LookedAsync([.. candidates.Where(c => c.Question.Condition is not null).Select(c => c.Candidate)], sight, cancellationToken).ConfigureAwait(false);
        var timed = await SightsAsync(
            candidates.Where(c => c.Question.Condition is null).Select(c => c.Candidate.Sides[0].Source),
            sight.Observations is { } quiet ? quiet.DecideQuietlyAsync : null,
            cancellationToken).ConfigureAwait(false);
        foreach (var (question, candidate) in candidates)
        {
            if (question.Condition is null)
            {
                var source = candidate.Sides[0].Source;
                answers.AddExtent(source.Kind, source.Id, await search.One.ExtentAsync(timed[(source.Kind, source.Id)], cancellationToken).ConfigureAwait(false));
            }
            else if (!answers.IsFound(question.Number, candidate.Key) && Seen(candidate, looked) is { } sights)
            {
                await LookAsync((question, candidate), sights, answers, search, cancellationToken).ConfigureAwait(false);
            }

            if ((search.Several.Problem ?? search.One.Problem) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static async ValueTask LookAsync(
        (ReadingQuestion Question, ReadingCandidate Candidate) asked,
        ObservationSight[] sights,
        ReadingAnswers answers,
        (ReadingSearch One, PairedSearch Several) search,
        CancellationToken cancellationToken)
    {
        var (question, candidate, condition) = (asked.Question, asked.Candidate, asked.Question.Condition!);
        if (question.IsByRow)
        {
            if (await search.Several.CollectAsync(question, sights, candidate, condition, cancellationToken).ConfigureAwait(false) is { } compared)
            {
                answers.AddByRow(question.Number, candidate.Key, compared);
            }
        }
        else if (sights.Length == 1
            ? await search.One.AnyAsync(sights[0], candidate, condition, cancellationToken).ConfigureAwait(false)
            : await search.Several.AnyAsync(question, sights, candidate, condition, cancellationToken).ConfigureAwait(false))
        {
            answers.AddFound(question.Number, candidate.Key);
        }
    }

    // What may be seen of each of the candidate's sources; null when one is withheld.
    private static ObservationSight[]? Seen(ReadingCandidate candidate, Dictionary<(EntityKind Kind, long Id), ObservationSight> looked)
    {
        var sights = new List<ObservationSight>();
        foreach (var side in candidate.Sides)
        {
            if (!looked.TryGetValue((side.Source.Kind, side.Source.Id), out var seen) || seen.Withheld is not null)
            {
                return null;
            }

            sights.Add(seen);
        }

        return [.. sights];
    }

    // Of several paths one after the other: beyond what is withheld nobody looks.
    private static async ValueTask<Dictionary<(EntityKind Kind, long Id), ObservationSight>> LookedAsync(
        ImmutableArray<ReadingCandidate> candidates, EntitySight sight, CancellationToken cancellationToken)
    {
        var looked = new Dictionary<(EntityKind Kind, long Id), ObservationSight>();
        for (var side = 0; candidates.Any(c => c.Sides.Length > side); side++)
        {
            var reached = candidates.Where(c => c.Sides.Length > side && Seen(c with { Sides = c.Sides[..side] }, looked) is not null).Select(c => c.Sides[side].Source);
            var found = await SightsAsync(reached, sight.Observations is { } access ? access.DecideAsync : null, cancellationToken).ConfigureAwait(false);
            foreach (var (source, seen) in found)
            {
                looked[source] = seen;
            }
        }

        return looked;
    }

    private static async ValueTask<Dictionary<(EntityKind Kind, long Id), ObservationSight>> SightsAsync(
        IEnumerable<ObservationSource> candidates,
        Func<ImmutableArray<ObservationSource>, CancellationToken, ValueTask<ImmutableArray<ObservationSight>>>? decide,
        CancellationToken cancellationToken)
    {
        var sources = candidates.DistinctBy(s => (s.Kind, s.Id)).ToImmutableArray();
        var sights = sources.IsEmpty ? []
            : decide is null ? [.. sources.Select(s => ObservationSight.None(s, "Nobody decided that Observations may be seen here."))]
            : await decide(sources, cancellationToken).ConfigureAwait(false);
        return sights.ToDictionary(s => (s.Source.Kind, s.Source.Id));
    }
}
