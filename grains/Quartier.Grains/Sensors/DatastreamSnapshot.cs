using Quartier.Contracts.Readings;

namespace Quartier.Grains.Sensors;

/// <summary>What a sensor's grain keeps of one datastream.</summary>
/// <param name="Property">The observed property.</param>
/// <param name="WatermarkMs">Everything up to here is in the snapshot, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Latest">The newest reading up to the watermark.</param>
/// <param name="Minute">The minute window, or null.</param>
/// <param name="Hour">The hour window, or null.</param>
/// <param name="Day">The day window, or null.</param>
/// <param name="Late">Readings that came behind the watermark.</param>
/// <param name="Contradicted">Repeated times with another value.</param>
/// <param name="SilentFromMs">The stream fell silent after this time, and what waited for its order up to there was let go; null when it did not.</param>
[GenerateSerializer, Immutable, Alias("quartier.DatastreamSnapshot")]
public sealed record DatastreamSnapshot(
    [property: Id(0)] string Property,
    [property: Id(1)] long WatermarkMs,
    [property: Id(2)] Reading? Latest,
    [property: Id(3)] AggregateRow? Minute,
    [property: Id(4)] AggregateRow? Hour,
    [property: Id(5)] AggregateRow? Day,
    [property: Id(6)] long Late,
    [property: Id(7)] long Contradicted,
    [property: Id(8)] long? SilentFromMs);
