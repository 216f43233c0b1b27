using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>Where a page ended: the values of the order terms of its last entity, and its id.</summary>
public sealed record PagePosition(ImmutableArray<EntityValue> Values, long Id);
