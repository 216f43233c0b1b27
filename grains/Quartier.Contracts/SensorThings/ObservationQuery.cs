namespace Quartier.Contracts.SensorThings;

/// <summary>Which Observations to find.</summary>
/// <param name="Path">Leads to Observations: <c>Observations</c>, <c>Observations(1)</c>, <c>Datastreams(1)/Observations</c>, …</param>
/// <param name="Options">Filter, order and page.</param>
/// <param name="NowMs">The present, for <c>now()</c> and for the end of what may be seen.</param>
/// <param name="Sight">What the caller may see of entities; its <see cref="EntitySight.Observations"/> decides on each Datastream.</param>
/// <param name="Limits">What it may cost.</param>
public sealed record ObservationQuery(ResourcePath Path, QueryOptions Options, long NowMs, EntitySight Sight, QueryLimits Limits);
