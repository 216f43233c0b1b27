using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>A page of entities.</summary>
/// <param name="Entities">In order. For a path to one entity one, or none when there is none.</param>
/// <param name="Count">How many there are altogether, when the options ask for it.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record EntityPage(ImmutableArray<Entity> Entities, long? Count, PagePosition? Next);
