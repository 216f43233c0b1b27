namespace Quartier.Contracts.SensorThings;

/// <summary>A property and its value; null takes the value away.</summary>
public sealed record PropertySetting(EntityProperty Property, EntityValue Value);
