using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Alerts;

/// <summary>Everything that led to an alert, complete enough to compute it again.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleVersion">Its version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Readings">The readings that decided, oldest first, at most 16.</param>
/// <param name="Thresholds">The limits that applied, by name.</param>
/// <param name="Computed">What was computed from the readings, by name.</param>
/// <param name="Sentence">The same for people.</param>
[GenerateSerializer, Immutable, Alias("quartier.Explanation")]
public sealed record Explanation(
    [property: Id(0)] string RuleId,
    [property: Id(1)] int RuleVersion,
    [property: Id(2)] RuleKind Kind,
    [property: Id(3)] ImmutableArray<ExplainedReading> Readings,
    [property: Id(4)] ImmutableSortedDictionary<string, double> Thresholds,
    [property: Id(5)] ImmutableSortedDictionary<string, double> Computed,
    [property: Id(6)] BilingualText Sentence);
