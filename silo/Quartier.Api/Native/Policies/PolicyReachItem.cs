using Quartier.Api.Json;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;

namespace Quartier.Api.Native.Policies;

/// <summary>How far someone reaches at a datastream.</summary>
internal sealed record PolicyReachItem(string? Sensor, string? Cell, UtcTime? Until)
{
    public static PolicyReachItem? Of(PolicyReach? reach) => reach is null ? null : new(
        reach.Sensor is { } sensor ? Words<Resolution>.Of(sensor) : null,
        reach.Cell is { } cell ? Words<Resolution>.Of(cell) : null,
        reach.UntilMs == long.MaxValue ? null : new(reach.UntilMs));
}
