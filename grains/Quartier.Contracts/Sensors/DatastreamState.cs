using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Sensors;

/// <summary>A datastream's live state.</summary>
/// <param name="Number">The store's number of it.</param>
/// <param name="Latest">The newest reading that holds, with derived quality unless it was corrected; null when there is none.</param>
/// <param name="Minute">The open or last minute window, or null.</param>
/// <param name="Hour">The open or last hour window, or null.</param>
/// <param name="Day">The open or last UTC day window, or null.</param>
/// <param name="Late">Readings that arrived behind the watermark.</param>
/// <param name="Contradicted">Repeated times with another value.</param>
/// <param name="WatermarkMs">Rules have seen everything up to here; 0 when there was no reading yet.</param>
[GenerateSerializer, Immutable, Alias("quartier.DatastreamState")]
public sealed record DatastreamState(
    [property: Id(0)] int Number,
    [property: Id(1)] Reading? Latest,
    [property: Id(2)] AggregateRow? Minute,
    [property: Id(3)] AggregateRow? Hour,
    [property: Id(4)] AggregateRow? Day,
    [property: Id(5)] long Late,
    [property: Id(6)] long Contradicted,
    [property: Id(7)] long WatermarkMs);
