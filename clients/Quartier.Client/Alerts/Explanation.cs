using Quartier.Client.Cities;

namespace Quartier.Client.Alerts;

/// <summary>Why an alert was raised.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Version">Of the rule.</param>
/// <param name="Kind">Of the rule.</param>
/// <param name="Sentence">What happened.</param>
/// <param name="Readings">On which it rests.</param>
/// <param name="Thresholds">The rule's limits.</param>
/// <param name="Computed">What the rule computed.</param>
public sealed record Explanation(
    string Rule,
    int Version,
    string Kind,
    Bilingual Sentence,
    IReadOnlyList<ExplainedReading> Readings,
    IReadOnlyDictionary<string, double?> Thresholds,
    IReadOnlyDictionary<string, double?> Computed);
