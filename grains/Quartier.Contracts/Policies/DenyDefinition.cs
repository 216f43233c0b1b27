using System.Collections.Immutable;

namespace Quartier.Contracts.Policies;

/// <summary>What is denied whatever else grants it. A district adds to its city's, and can take none away.</summary>
/// <param name="Id">Lower-case letters, digits, '-'.</param>
/// <param name="Principals">As in a grant; at least one.</param>
/// <param name="Streams">Ids of stream entries; empty for all.</param>
/// <param name="Purposes">Ids of purposes; empty for all.</param>
/// <param name="Because">The reason, shown to whoever is denied.</param>
[GenerateSerializer, Immutable, Alias("quartier.DenyDefinition")]
public sealed record DenyDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<string> Principals,
    [property: Id(2)] ImmutableArray<string> Streams,
    [property: Id(3)] ImmutableArray<string> Purposes,
    [property: Id(4)] string Because);
