namespace Quartier.Client.Readings;

/// <summary>A reading.</summary>
/// <param name="Time">Phenomenon time.</param>
/// <param name="Value">In the datastream's unit; a category's code.</param>
/// <param name="Quality">What is held against it; empty when good, null when it was left out.</param>
public sealed record Reading(
    DateTimeOffset Time,
    double Value,
    IReadOnlyList<string>? Quality);
