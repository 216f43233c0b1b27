namespace Quartier.Contracts.SensorThings;

/// <summary>A district of a city.</summary>
public readonly record struct DistrictKey(string City, string District);
