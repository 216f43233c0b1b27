using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>A Stadtteil or Ortsteil: the unit of policy, isolation and accountability.</summary>
/// <param name="Id">Unique in the city.</param>
/// <param name="Name">For people.</param>
/// <param name="Office">Id of the responsible office.</param>
/// <param name="RetentionDays">Longest time that raw readings are kept; a datastream may keep less, never more.</param>
/// <param name="Outline">Outer ring of its outline, closed, or empty when none is known.</param>
/// <param name="Schematic">True when the outline is a sketch and not an official boundary; every map says so.</param>
[GenerateSerializer, Immutable, Alias("quartier.DistrictDefinition")]
public sealed record DistrictDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Office,
    [property: Id(3)] int RetentionDays,
    [property: Id(4)] ImmutableArray<Location> Outline,
    [property: Id(5)] bool Schematic);
