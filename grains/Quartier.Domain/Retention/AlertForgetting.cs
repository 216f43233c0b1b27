using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Retention;

/// <summary>Takes the values out of alerts whose readings have expired. The alert stays: that it was raised, when, by which rule.</summary>
public static class AlertForgetting
{
    /// <summary>What stands where the values stood.</summary>
    public static BilingualText Sentence { get; } = new(
        "Die Messwerte, die diesen Alarm ausgelöst haben, sind nach Ende ihrer Aufbewahrung gelöscht worden.",
        "The readings that raised this alert were deleted at the end of their retention.");

    /// <summary>The alert without expired values; null when it holds none.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="beforeMs">From when on readings of a property of its subject are kept.</param>
    public static Alert? Redact(Alert alert, Func<string, long> beforeMs)
    {
        var explanation = alert.Explanation;
        if (!explanation.Readings.Any(r => RuleForgetting.IsExpired(r, beforeMs)))
        {
            return null;
        }

        // What was computed, and the sentence, are made of all readings together.
        return alert with
        {
            Explanation = explanation with
            {
                Readings = RuleForgetting.Redact(explanation.Readings, beforeMs),
                Computed = ImmutableSortedDictionary<string, double>.Empty,
                Sentence = Sentence,
            },
        };
    }
}
