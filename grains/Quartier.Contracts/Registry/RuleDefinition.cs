using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>A declarative, versioned condition on a sensor's datastream or on an asset's computed value.</summary>
/// <param name="Id">Unique in the city.</param>
/// <param name="Version">1, 2, …; raised with every change of what it computes.</param>
/// <param name="Kind">Which condition.</param>
/// <param name="Property">The datastream's property, or the asset's input or computed value that it watches.</param>
/// <param name="Above">Threshold: raises when greater than this; null when not used.</param>
/// <param name="Below">Threshold: raises when less than this; null when not used.</param>
/// <param name="Hysteresis">How far the value must come back across the threshold to resolve; at least 0, in the property's unit.</param>
/// <param name="ForMs">How long the condition must hold before the alert is raised: Threshold: minimum duration;
/// Missing and Stuck: the longest silence or sameness allowed; InconsistentSum: minimum duration.</param>
/// <param name="Tolerance">InconsistentSum: greatest absolute difference allowed.</param>
/// <param name="Parts">InconsistentSum: the properties that must add up to <paramref name="Property"/>.</param>
/// <param name="Except">Stuck: a value that may repeat without being suspicious (0 for counters at night), or null.</param>
/// <param name="Severity">How urgent.</param>
/// <param name="Office">Id of the office that must act.</param>
/// <param name="Sentence">What happened, with placeholders {subject}, {property}, {value}, {unit}, {threshold}, {duration}, {time}, {difference}.</param>
[GenerateSerializer, Immutable, Alias("quartier.RuleDefinition")]
public sealed record RuleDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] int Version,
    [property: Id(2)] RuleKind Kind,
    [property: Id(3)] string Property,
    [property: Id(4)] double? Above,
    [property: Id(5)] double? Below,
    [property: Id(6)] double Hysteresis,
    [property: Id(7)] long ForMs,
    [property: Id(8)] double Tolerance,
    [property: Id(9)] ImmutableArray<string> Parts,
    [property: Id(10)] double? Except,
    [property: Id(11)] Severity Severity,
    [property: Id(12)] string Office,
    [property: Id(13)] BilingualText Sentence);
