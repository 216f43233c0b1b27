using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Alerts;

/// <summary>Why an alert was raised. Readings and numbers are empty when the caller may not see the values.</summary>
internal sealed record ExplanationItem(
    string Rule,
    int Version,
    string Kind,
    BilingualText Sentence,
    ExplainedReadingItem[] Readings,
    SortedDictionary<string, double?> Thresholds,
    SortedDictionary<string, double?> Computed);
