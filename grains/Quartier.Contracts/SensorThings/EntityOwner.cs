namespace Quartier.Contracts.SensorThings;

/// <summary>To whom an entity belongs.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; null for what the city's districts share, such as an ObservedProperty.</param>
/// <param name="RegistryKey">What it is in the registry: <c>asset/NAME</c>, <c>sensor/GATEWAY/ID</c>, <c>stream/GATEWAY/ID/PROPERTY</c>, …; null when it is not registered. Unique by city and kind.</param>
public sealed record EntityOwner(string City, string? District, string? RegistryKey);
