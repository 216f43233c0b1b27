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
    /// <summary>Rounds of questions that rest on others' answers: times within conditions on Observations are the second, and there are no deeper ones.</summary>
    private const int MostRounds = 4;

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

            if (!budget.TryOpen(candidates.Count))
            {
                return budget.Problem()!;
            }

            if (await AnswerAsync(candidates, answers, new ReadingSearch(readings, budget, nowMs), sight, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                return problem;
            }
        }

        throw new InvalidOperationException($"Questions about readings had no end after {MostRounds} rounds.");
    }

    private static QueryProblem? Candidates(
        Database database, ReadingAnswers answers, QueryLimits limits, List<(ReadingQuestion Question, ReadingCandidate Candidate)> candidates)
    {
        foreach (var question in answers.Take())
        {
            foreach (var query in question.Candidates)
            {
                candidates.AddRange(query.Read(database, limits.Sources + 1 - Math.Min(candidates.Count, limits.Sources)).Select(c => (question, c)));
                if (candidates.Count > limits.Sources)
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
        ReadingSearch search,
        EntitySight sight,
        CancellationToken cancellationToken)
    {
        var looked = await SightsAsync(candidates.Where(c => c.Question.Condition is not null), sight.Observations is { } access ? access.DecideAsync : null, cancellationToken)
            .ConfigureAwait(false);
        var timed = await SightsAsync(candidates.Where(c => c.Question.Condition is null), sight.Observations is { } quiet ? quiet.DecideQuietlyAsync : null, cancellationToken)
            .ConfigureAwait(false);
        foreach (var (question, candidate) in candidates)
        {
            var source = candidate.Source;
            if (question.Condition is not { } condition)
            {
                answers.AddExtent(source.Kind, source.Id, await search.ExtentAsync(timed[(source.Kind, source.Id)], cancellationToken).ConfigureAwait(false));
            }
            else if (!answers.IsFound(question.Number, candidate.Key)
                && await search.AnyAsync(looked[(source.Kind, source.Id)], candidate, condition, cancellationToken).ConfigureAwait(false))
            {
                answers.AddFound(question.Number, candidate.Key);
            }

            if (search.Problem is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static async ValueTask<Dictionary<(EntityKind Kind, long Id), ObservationSight>> SightsAsync(
        IEnumerable<(ReadingQuestion Question, ReadingCandidate Candidate)> candidates,
        Func<ImmutableArray<ObservationSource>, CancellationToken, ValueTask<ImmutableArray<ObservationSight>>>? decide,
        CancellationToken cancellationToken)
    {
        var sources = candidates.Select(c => c.Candidate.Source).DistinctBy(s => (s.Kind, s.Id)).ToImmutableArray();
        var sights = sources.IsEmpty ? []
            : decide is null ? [.. sources.Select(s => ObservationSight.None(s, "Nobody decided that Observations may be seen here."))]
            : await decide(sources, cancellationToken).ConfigureAwait(false);
        return sights.ToDictionary(s => (s.Source.Kind, s.Source.Id));
    }
}
