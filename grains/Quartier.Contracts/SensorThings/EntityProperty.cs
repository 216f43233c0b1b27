namespace Quartier.Contracts.SensorThings;

/// <summary>A property of an entity type.</summary>
/// <param name="Name">As in JSON, such as <c>unitOfMeasurement</c>; <c>id</c> stands for <c>@iot.id</c>.</param>
/// <param name="Type">The kind of its values.</param>
/// <param name="Required">Whether an entity must be created with it.</param>
/// <param name="Derived">Whether it follows from the entity's readings, and the store therefore holds none of it.</param>
/// <param name="Index">Its place in <see cref="EntityType.Properties"/> and <see cref="Entity.Values"/>.</param>
public sealed record EntityProperty(string Name, ValueKind Type, bool Required, bool Derived, int Index);
