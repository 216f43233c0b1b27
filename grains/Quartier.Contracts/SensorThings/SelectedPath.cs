using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>What to show: a property, with names within it (<c>properties/a/b</c>), or a relation's link.</summary>
/// <param name="Property">The property, or null.</param>
/// <param name="Inside">Names within the property; mostly empty.</param>
/// <param name="Relation">The relation, when it is no property.</param>
public sealed record SelectedPath(EntityProperty? Property, ImmutableArray<string> Inside, Navigation? Relation);
