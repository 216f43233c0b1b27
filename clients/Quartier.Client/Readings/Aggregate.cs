namespace Quartier.Client.Readings;

/// <summary>A window of readings.</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it.</param>
/// <param name="Count">Readings.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Last">The newest.</param>
/// <param name="Flagged">How many have something held against them; null when it was left out.</param>
public sealed record Aggregate(
    DateTimeOffset Start,
    DateTimeOffset End,
    long Count,
    double? Sum,
    double? Min,
    double? Max,
    double? Mean,
    double? Last,
    long? Flagged);
