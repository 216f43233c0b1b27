namespace Quartier.Contracts.SensorThings;

/// <summary>A way from one entity to related ones.</summary>
/// <param name="Source">From which type.</param>
/// <param name="Name">As in resource paths and JSON, such as <c>Datastreams</c> or <c>Thing</c>.</param>
/// <param name="Target">To which type.</param>
/// <param name="Many">Whether it leads to a set.</param>
/// <param name="Inverse">The name of the way back, a navigation of <paramref name="Target"/>.</param>
/// <param name="Required">Whether an entity must be created with it.</param>
public sealed record Navigation(EntityKind Source, string Name, EntityKind Target, bool Many, string Inverse, bool Required);
