namespace Quartier.Contracts.Registry;

/// <summary>WGS 84 position in degrees.</summary>
[GenerateSerializer, Immutable, Alias("quartier.Location")]
public readonly record struct Location([property: Id(0)] double Longitude, [property: Id(1)] double Latitude);
