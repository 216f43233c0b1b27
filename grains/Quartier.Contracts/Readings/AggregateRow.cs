namespace Quartier.Contracts.Readings;

/// <summary>The readings of one window of event time, summarised. Times in milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="StartMs">Start of the window, inclusive.</param>
/// <param name="EndMs">End of the window, exclusive.</param>
/// <param name="Count">Readings in the window; at least one.</param>
/// <param name="Sum">Sum of the values.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="FirstMs">Time of the first reading.</param>
/// <param name="LastMs">Time of the last reading.</param>
/// <param name="LastValue">Value of the last reading.</param>
/// <param name="Flagged">Readings whose stored quality is not good.</param>
[GenerateSerializer, Immutable, Alias("quartier.AggregateRow")]
public readonly record struct AggregateRow(
    [property: Id(0)] long StartMs,
    [property: Id(1)] long EndMs,
    [property: Id(2)] long Count,
    [property: Id(3)] double Sum,
    [property: Id(4)] double Min,
    [property: Id(5)] double Max,
    [property: Id(6)] long FirstMs,
    [property: Id(7)] long LastMs,
    [property: Id(8)] double LastValue,
    [property: Id(9)] long Flagged);
