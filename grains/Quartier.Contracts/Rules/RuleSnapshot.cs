using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Rules;

/// <summary>
/// What a rule remembers about one subject, as it is stored: this and the readings after it give the same alerts again.
/// </summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Version">Its version; a snapshot of another version is not taken up.</param>
/// <param name="Phase">Where the condition stands.</param>
/// <param name="Below">Threshold: true when it is the lower threshold that is crossed.</param>
/// <param name="Start">The reading with which the condition began to hold; null while it does not.</param>
/// <param name="Last">The newest reading seen; null before the first.</param>
/// <param name="RaisedMs">When it had held long enough, in milliseconds since 1970-01-01T00:00:00Z; 0 while it has not.</param>
/// <param name="Extreme">The value farthest beyond the threshold (or the greatest difference) since <paramref name="Start"/>.</param>
/// <param name="Evidence">The readings that decided so far, oldest first.</param>
/// <param name="Pending">Readings that wait for the others of the same time (inconsistent sum).</param>
[GenerateSerializer, Immutable, Alias("quartier.RuleSnapshot")]
public sealed record RuleSnapshot(
    [property: Id(0)] string RuleId,
    [property: Id(1)] int Version,
    [property: Id(2)] RulePhase Phase,
    [property: Id(3)] bool Below,
    [property: Id(4)] Reading? Start,
    [property: Id(5)] Reading? Last,
    [property: Id(6)] long RaisedMs,
    [property: Id(7)] double Extreme,
    [property: Id(8)] ImmutableArray<ExplainedReading> Evidence,
    [property: Id(9)] ImmutableArray<ExplainedReading> Pending);
