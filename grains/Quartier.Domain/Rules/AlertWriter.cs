using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Rules;

/// <summary>Puts an alert together. All kinds of rule share it, so that all alerts explain themselves alike.</summary>
internal static class AlertWriter
{
    public static ImmutableSortedDictionary<string, double> NoNumbers { get; } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>The limit that every kind has.</summary>
    public static ImmutableSortedDictionary<string, double> Limits(RuleDefinition rule) => NoNumbers.Add("forSeconds", rule.ForMs / 1000.0);

    public static Alert Write(in RuleContext context, in RuleState state, long? resolvedMs, in AlertGrounds grounds)
    {
        var rule = context.Rule.Definition;
        var subject = context.Subject.Describe();
        var explanation = new Explanation(
            rule.Id,
            rule.Version,
            rule.Kind,
            grounds.Readings,
            grounds.Thresholds,
            grounds.Computed,
            Sentence.Fill(rule.Sentence, subject, context.Rule.Property, grounds.Facts));
        return new Alert(
            AlertId.Of(rule.Id, subject.Key, state.Start.TimeMs),
            subject.City,
            subject.District,
            subject.Key,
            subject.Name,
            rule.Severity,
            rule.Office,
            resolvedMs is null ? AlertState.Raised : AlertState.Resolved,
            state.Start.TimeMs,
            state.RaisedMs,
            resolvedMs,
            null,
            explanation);
    }
}
