using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Policies;

/// <summary>An area in which nothing may measure: a sensor placed inside is refused.</summary>
/// <param name="Id">Lower-case letters, digits, '-'.</param>
/// <param name="Name">For people, such as the surroundings of a shelter.</param>
/// <param name="Because">The reason.</param>
/// <param name="Outline">Closed outer ring.</param>
[GenerateSerializer, Immutable, Alias("quartier.NoSensingZone")]
public sealed record NoSensingZone(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string Because, [property: Id(3)] ImmutableArray<Location> Outline);
