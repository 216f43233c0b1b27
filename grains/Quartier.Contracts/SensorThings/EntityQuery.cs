namespace Quartier.Contracts.SensorThings;

/// <summary>What to find. The path leads to any entities but Observations; what the options expand is asked for apart.</summary>
/// <param name="Path">Which set or entity.</param>
/// <param name="Options">Filter, order and page.</param>
/// <param name="NowMs">The present, for <c>now()</c>.</param>
/// <param name="Sight">What the caller may use in filters and orders, and see.</param>
/// <param name="Limits">What it may cost.</param>
public sealed record EntityQuery(ResourcePath Path, QueryOptions Options, long NowMs, EntitySight Sight, QueryLimits Limits);
