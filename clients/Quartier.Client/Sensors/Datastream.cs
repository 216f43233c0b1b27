namespace Quartier.Client.Sensors;

/// <summary>An observed property of a sensor.</summary>
/// <param name="Property">Its name in payloads.</param>
/// <param name="Name">For people.</param>
/// <param name="Unit">UCUM code.</param>
/// <param name="Class"><c>public</c>, <c>internal</c> or <c>sensitive</c>.</param>
/// <param name="Interval">Expected time between readings, ISO 8601; null when it sends on change.</param>
/// <param name="Time">Of the newest reading.</param>
/// <param name="Value">Its value; null when there is none or it is withheld.</param>
/// <param name="Quality">What is held against it; empty when good.</param>
/// <param name="Stale">True when nothing came for too long.</param>
/// <param name="Withheld">Why the caller may not see the value, or null.</param>
public sealed record Datastream(
    string Property,
    string Name,
    string Unit,
    string Class,
    string? Interval,
    DateTimeOffset? Time,
    double? Value,
    IReadOnlyList<string> Quality,
    bool Stale,
    string? Withheld);
