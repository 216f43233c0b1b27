namespace Quartier.Contracts.Readings;

/// <summary>One value of one datastream at one phenomenon time (SensorThings: Observation).</summary>
/// <param name="TimeMs">Phenomenon time in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Value">The value in the datastream's unit; finite, but NaN where a rule or an alert remembers a reading whose retention has ended.</param>
/// <param name="Quality">What is held against it.</param>
[GenerateSerializer, Immutable, Alias("quartier.Reading")]
public readonly record struct Reading(
    [property: Id(0)] long TimeMs,
    [property: Id(1)] double Value,
    [property: Id(2)] Quality Quality);
