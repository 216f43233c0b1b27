using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>Observations of many Datastreams or MultiDatastreams, for <c>$expand</c>: one page for each.</summary>
/// <param name="Parents">The Datastreams and MultiDatastreams; at most <see cref="QueryLimits.Sources"/>.</param>
/// <param name="Options">Filter, order and page, for each parent.</param>
/// <param name="NowMs">The present, for <c>now()</c>.</param>
/// <param name="Sight">What the caller may see.</param>
/// <param name="Limits">What it may cost altogether.</param>
public sealed record RelatedObservations(ImmutableArray<Entity> Parents, QueryOptions Options, long NowMs, EntitySight Sight, QueryLimits Limits);
