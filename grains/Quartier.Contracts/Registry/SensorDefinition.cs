using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>A device that measures.</summary>
/// <param name="Id">Last level of its topic.</param>
/// <param name="Gateway">Id of the gateway that pushes for it.</param>
/// <param name="District">Id of its district.</param>
/// <param name="Name">For people.</param>
/// <param name="Asset">Id of the asset on which it is mounted, or null.</param>
/// <param name="Office">Id of the responsible office (E5).</param>
/// <param name="Location">Where it is, or null when unknown.</param>
/// <param name="Datastreams">At least one; order is that of <see cref="Readings.Sample.Datastream"/>.</param>
/// <param name="Rules">Rules evaluated by the sensor's grain.</param>
[GenerateSerializer, Immutable, Alias("quartier.SensorDefinition")]
public sealed record SensorDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Gateway,
    [property: Id(2)] string District,
    [property: Id(3)] string Name,
    [property: Id(4)] string? Asset,
    [property: Id(5)] string Office,
    [property: Id(6)] Location? Location,
    [property: Id(7)] ImmutableArray<DatastreamDefinition> Datastreams,
    [property: Id(8)] ImmutableArray<RuleDefinition> Rules);
