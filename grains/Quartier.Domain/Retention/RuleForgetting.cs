using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Rules;

namespace Quartier.Domain.Retention;

/// <summary>
/// Takes the values of expired readings out of what rules remember. Times stay, since the state of a rule is made of them; a value that is gone is
/// NaN, which compares with nothing.
/// </summary>
public static class RuleForgetting
{
    /// <summary>The rules without values from before their times; the same array when there are none.</summary>
    /// <param name="rules">What the rules of one subject remember.</param>
    /// <param name="beforeMs">From when on readings of a property are kept.</param>
    /// <param name="ownBeforeMs">From when on readings of the property that a rule judges are kept.</param>
    public static ImmutableArray<RuleSnapshot> Redact(
        ImmutableArray<RuleSnapshot> rules, Func<string, long> beforeMs, Func<string, long> ownBeforeMs)
    {
        var redacted = rules.Select(rule => Redact(rule, beforeMs, ownBeforeMs(rule.RuleId))).ToImmutableArray();
        return redacted.AsSpan().SequenceEqual(rules.AsSpan()) ? rules : redacted;
    }

    /// <summary>The reading without its value when it is from before the time.</summary>
    public static Reading Redact(Reading reading, long beforeMs) =>
        reading.TimeMs < beforeMs && !double.IsNaN(reading.Value) ? reading with { Value = double.NaN } : reading;

    /// <summary>The readings without the values of those from before the time; the same array when there are none.</summary>
    public static ImmutableArray<ExplainedReading> Redact(ImmutableArray<ExplainedReading> readings, Func<string, long> beforeMs) =>
        readings.Any(r => IsExpired(r, beforeMs))
            ? [.. readings.Select(r => r with { Reading = Redact(r.Reading, beforeMs(r.Property)) })]
            : readings;

    /// <summary>Whether the reading is from before its property's time and still has its value.</summary>
    public static bool IsExpired(ExplainedReading explained, Func<string, long> beforeMs) =>
        explained.Reading.TimeMs < beforeMs(explained.Property) && !double.IsNaN(explained.Reading.Value);

    // The extreme may be from any time since the start.
    private static RuleSnapshot Redact(RuleSnapshot rule, Func<string, long> beforeMs, long ownBeforeMs)
    {
        var last = rule.Last is { } l ? Redact(l, ownBeforeMs) : (Reading?)null;
        var start = rule.Start is { } s ? Redact(s, ownBeforeMs) : (Reading?)null;
        var isOld = rule.Start is { } from && from.TimeMs < ownBeforeMs && !double.IsNaN(from.Value);
        var (evidence, pending) = (Redact(rule.Evidence, beforeMs), Redact(rule.Pending, beforeMs));
        var isChanged = isOld || evidence != rule.Evidence || pending != rule.Pending || last.GetValueOrDefault() != rule.Last.GetValueOrDefault();
        return isChanged
            ? rule with { Start = start, Last = last, Extreme = isOld ? last?.Value ?? double.NaN : rule.Extreme, Evidence = evidence, Pending = pending }
            : rule;
    }
}
