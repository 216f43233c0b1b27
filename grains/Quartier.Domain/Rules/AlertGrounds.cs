using System.Collections.Immutable;
using Quartier.Contracts.Alerts;

namespace Quartier.Domain.Rules;

/// <summary>What an alert's explanation is made of.</summary>
/// <param name="Readings">At most 16, oldest first.</param>
/// <param name="Thresholds">Limits by name.</param>
/// <param name="Computed">Computed values by name.</param>
/// <param name="Facts">For the sentence.</param>
internal readonly record struct AlertGrounds(
    ImmutableArray<ExplainedReading> Readings,
    ImmutableSortedDictionary<string, double> Thresholds,
    ImmutableSortedDictionary<string, double> Computed,
    SentenceFacts Facts);
