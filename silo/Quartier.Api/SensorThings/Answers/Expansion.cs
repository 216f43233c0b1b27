using Quartier.Api.SensorThings.Districts;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Answers;

/// <summary>Fetches what is expanded, level by level: one query for each relation of a level, however many entities the level has.</summary>
internal sealed class Expansion(IEntityStore entities, IObservationReader observations, ObservationAccess access)
{
    /// <summary>Entities of one answer, expanded ones included: some tens of megabytes of JSON.</summary>
    public const int ShownMax = 50_000;

    /// <summary>FeaturesOfInterest whose Observations one answer expands: each is a query of its own.</summary>
    public const int FeaturesMax = 100;

    private int _shown;

    /// <summary>Fills what the options expand below the entities; a problem when that is too much.</summary>
    public async Task<QueryProblem?> FillAsync(IReadOnlyList<Shown> level, QueryOptions options, EntityReach reach, CancellationToken cancellationToken)
    {
        _shown += level.Count;
        if (_shown > ShownMax)
        {
            return TooMuch($"The answer would hold more than {ShownMax:N0} entities with what is expanded. Ask for a smaller $top, here or in $expand.");
        }

        foreach (var expanded in options.Expand)
        {
            if (level.Count > 0 && await FillAsync(level, expanded, reach, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static QueryProblem TooMuch(string text) => new(QueryProblemKind.LimitExceeded, text, "$expand", -1, "expanded entities");

    private async Task<QueryProblem?> FillAsync(
        IReadOnlyList<Shown> level, ExpandedRelation expanded, EntityReach reach, CancellationToken cancellationToken)
    {
        var relation = expanded.Relation;
        var parents = level.DistinctBy(s => s.Id).ToList();
        foreach (var batch in parents.Chunk(RelatedQuery.MostParents))
        {
            var outcome = relation.Target != EntityKind.Observation ? await RelatedAsync(batch, expanded, reach, cancellationToken).ConfigureAwait(false)
                : relation.Source == EntityKind.FeatureOfInterest ? await OfFeaturesAsync(batch, expanded, reach, cancellationToken).ConfigureAwait(false)
                : await ObservationsAsync(batch, expanded, reach, cancellationToken).ConfigureAwait(false);
            if (!outcome.Try(out var pages, out var problem))
            {
                return problem;
            }

            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].Expanded[relation] = pages[i];
            }
        }

        var first = parents.ToDictionary(p => p.Id);
        foreach (var twin in level)
        {
            twin.Expanded[relation] = first[twin.Id].Expanded[relation];
        }

        return await FillAsync([.. parents.SelectMany(p => p.Expanded[relation].Items)], expanded.Options, reach, cancellationToken).ConfigureAwait(false);
    }

    private async Task<QueryOutcome<ShownPage[]>> RelatedAsync(
        Shown[] parents, ExpandedRelation expanded, EntityReach reach, CancellationToken cancellationToken)
    {
        var query = new RelatedQuery(
            expanded.Relation, [.. parents.Select(p => p.Id)], Flat(expanded.Options), reach.NowMs, reach.Sight, reach.Limits);
        var outcome = await entities.RelatedAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Try(out var found, out var problem) ? found.Pages.Select(ShownPage.Of).ToArray() : problem;
    }

    private async Task<QueryOutcome<ShownPage[]>> ObservationsAsync(
        Shown[] parents, ExpandedRelation expanded, EntityReach reach, CancellationToken cancellationToken)
    {
        var streams = Array.ConvertAll(parents, p => p.Entity!);
        var query = new RelatedObservations([.. streams], Flat(expanded.Options), reach.NowMs, reach.Sight, reach.Limits);
        var outcome = await observations.RelatedAsync(query, cancellationToken).ConfigureAwait(false);
        if (!outcome.Try(out var found, out var problem))
        {
            return problem;
        }

        var truths = TruthStreams.Of(streams);
        return found.Pages.Select(p => Noted(p, truths)).ToArray();
    }

    private async Task<QueryOutcome<ShownPage[]>> OfFeaturesAsync(
        Shown[] parents, ExpandedRelation expanded, EntityReach reach, CancellationToken cancellationToken)
    {
        if (parents.Length > FeaturesMax)
        {
            return TooMuch($"Observations of {parents.Length:N0} FeaturesOfInterest are expanded, and at most {FeaturesMax} can be. Ask for a smaller $top.");
        }

        var pages = new List<ShownPage>(parents.Length);
        foreach (var parent in parents)
        {
            var query = new ObservationQuery(ResourcePath.Along(parent.Id, expanded.Relation), Flat(expanded.Options), reach.NowMs, reach.Sight, reach.Limits);
            var outcome = await observations.FindAsync(query, cancellationToken).ConfigureAwait(false);
            if (!outcome.Try(out var page, out var problem))
            {
                return problem;
            }

            pages.Add(Noted(page, await TruthStreams.OfAsync(entities, page, cancellationToken).ConfigureAwait(false)));
        }

        return pages.ToArray();
    }

    private ShownPage Noted(ObservationPage page, HashSet<long> truths)
    {
        RowRecord.Note(access, page);
        return ShownPage.Of(page, truths);
    }

    /// <summary>What is expanded within an expansion is fetched here and not by the store.</summary>
    private static QueryOptions Flat(QueryOptions options) => options with { Expand = [] };
}
