using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>What is related to each of many entities, for <c>$expand</c>: one query for all of them.</summary>
/// <param name="Relation">The way; not to Observations.</param>
/// <param name="Parents">Ids of entities of its source type; at most <see cref="MostParents"/>.</param>
/// <param name="Options">Filter, order and page, for each parent.</param>
/// <param name="NowMs">The present, for <c>now()</c>.</param>
/// <param name="Sight">What the caller may see.</param>
/// <param name="Limits">What it may cost.</param>
public sealed record RelatedQuery(
    Navigation Relation, ImmutableArray<long> Parents, QueryOptions Options, long NowMs, EntitySight Sight, QueryLimits Limits)
{
    /// <summary>Most parents at once: a page of pages.</summary>
    public const int MostParents = 10_000;
}
