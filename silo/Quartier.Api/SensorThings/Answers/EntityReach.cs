using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Answers;

/// <summary>How far one request reaches.</summary>
/// <param name="NowMs">Its present, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Sight">What its caller may see.</param>
/// <param name="Limits">What it may cost.</param>
internal sealed record EntityReach(long NowMs, EntitySight Sight, QueryLimits Limits);
