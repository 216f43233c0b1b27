using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>One observed property of a sensor.</summary>
/// <param name="Property">Field name in payloads: letters, digits, '-', '_'; at most 64 characters; not 't'.</param>
/// <param name="Name">For people.</param>
/// <param name="Unit">UCUM code; "1" for a ratio, "{count}" style annotations for counts.</param>
/// <param name="Class">Who may see it by default.</param>
/// <param name="IntervalMs">Expected time between readings in milliseconds; 0 when it sends on change only.</param>
/// <param name="Min">Smallest plausible value, or null.</param>
/// <param name="Max">Greatest plausible value, or null.</param>
/// <param name="MaxStep">Greatest plausible change between consecutive readings, or null.</param>
/// <param name="StuckAfterMs">An unchanged value for longer than this is suspicious; 0 when never.</param>
/// <param name="LatenessMs">How long readings may arrive out of order before rules go on without them; 0 … 86,400,000.</param>
/// <param name="RetentionDays">Days that raw readings are kept; 1 … 36,525.</param>
/// <param name="Question">The question that this datastream answers (G1, E7).</param>
/// <param name="Codes">Labels of a categorical property and their codes; empty for a measured one.</param>
/// <param name="SumInDistrict">True when values of several sensors add up in a district (counts), false when they are averaged.</param>
[GenerateSerializer, Immutable, Alias("quartier.DatastreamDefinition")]
public sealed record DatastreamDefinition(
    [property: Id(0)] string Property,
    [property: Id(1)] string Name,
    [property: Id(2)] string Unit,
    [property: Id(3)] DataClass Class,
    [property: Id(4)] long IntervalMs,
    [property: Id(5)] double? Min,
    [property: Id(6)] double? Max,
    [property: Id(7)] double? MaxStep,
    [property: Id(8)] long StuckAfterMs,
    [property: Id(9)] long LatenessMs,
    [property: Id(10)] int RetentionDays,
    [property: Id(11)] string Question,
    [property: Id(12)] ImmutableArray<CodeLabel> Codes,
    [property: Id(13)] bool SumInDistrict);
