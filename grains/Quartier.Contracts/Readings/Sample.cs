namespace Quartier.Contracts.Readings;

/// <summary>One decoded value on its way to its sensor's grain.</summary>
/// <param name="Datastream">Index into <see cref="Registry.SensorDefinition.Datastreams"/>.</param>
/// <param name="TimeMs">Phenomenon time in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Value">The value as sent; always finite.</param>
[GenerateSerializer, Immutable, Alias("quartier.Sample")]
public readonly record struct Sample(
    [property: Id(0)] int Datastream,
    [property: Id(1)] long TimeMs,
    [property: Id(2)] double Value);
