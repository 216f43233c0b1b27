using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Rules;

namespace Domain.Tests.Rules;

/// <summary>The rules once more, from docs/rules.md, over all readings at once: sort, scan, report occurrences.</summary>
internal static class NaiveRules
{
    public sealed record Effect(AlertState State, string Id, long Start, long Raised, long? Resolved);

    public static List<Effect> Evaluate(RuleDefinition rule, string subject, IEnumerable<(string Property, Reading Reading)> all)
    {
        var own = all.Where(r => r.Property == rule.Property).Select(r => r.Reading).OrderBy(r => r.TimeMs).ToList();
        var occurrences = rule.Kind switch
        {
            RuleKind.Threshold => Threshold(rule, own),
            RuleKind.Missing => Missing(rule, own),
            RuleKind.Stuck => Stuck(rule, own),
            _ => Sum(rule, all),
        };
        return
        [
            .. occurrences.SelectMany(o =>
            {
                var id = AlertId.Of(rule.Id, subject, o.Start);
                var raised = new Effect(AlertState.Raised, id, o.Start, o.Raised, null);
                return o.Resolved is null ? [raised] : new[] { raised, raised with { State = AlertState.Resolved, Resolved = o.Resolved } };
            }),
        ];
    }

    private static IEnumerable<(long Start, long Raised, long? Resolved)> Threshold(RuleDefinition rule, List<Reading> readings)
    {
        bool Above(double v) => rule.Above is { } limit && v > limit;
        bool Below(double v) => rule.Below is { } limit && v < limit;
        for (var i = 0; i < readings.Count;)
        {
            var above = Above(readings[i].Value);
            if (!above && !Below(readings[i].Value))
            {
                i++;
                continue;
            }

            var run = readings.Skip(i).TakeWhile(r => above ? Above(r.Value) : Below(r.Value)).ToList();
            var at = run.FindIndex(r => r.TimeMs - run[0].TimeMs >= rule.ForMs);
            if (at < 0)
            {
                i += run.Count;
                continue;
            }

            var back = readings.FindIndex(i + at + 1, r => above ? r.Value <= rule.Above - rule.Hysteresis : r.Value >= rule.Below + rule.Hysteresis);
            yield return (run[0].TimeMs, run[at].TimeMs, back < 0 ? null : readings[back].TimeMs);
            i = back < 0 ? readings.Count : back;
        }
    }

    private static IEnumerable<(long Start, long Raised, long? Resolved)> Missing(RuleDefinition rule, List<Reading> readings) =>
        readings.Zip(readings.Skip(1))
            .Where(pair => pair.Second.TimeMs - pair.First.TimeMs > rule.ForMs)
            .Select(pair => (pair.First.TimeMs, pair.First.TimeMs + rule.ForMs, (long?)pair.Second.TimeMs));

    private static IEnumerable<(long Start, long Raised, long? Resolved)> Stuck(RuleDefinition rule, List<Reading> readings)
    {
        for (var i = 0; i < readings.Count;)
        {
            var value = readings[i].Value;
            var end = readings.FindIndex(i, r => r.Value != value);
            end = end < 0 ? readings.Count : end;
            var start = i;
            for (var k = i + 1; k < end && value != rule.Except; k++)
            {
                if (readings[k].TimeMs - readings[k - 1].TimeMs > rule.ForMs)
                {
                    start = k;
                }
                else if (readings[k].TimeMs - readings[start].TimeMs > rule.ForMs)
                {
                    yield return (readings[start].TimeMs, readings[k].TimeMs, end < readings.Count ? readings[end].TimeMs : null);
                    break;
                }
            }

            i = end;
        }
    }

    private static IEnumerable<(long Start, long Raised, long? Resolved)> Sum(RuleDefinition rule, IEnumerable<(string Property, Reading Reading)> all)
    {
        var differences = all.GroupBy(r => r.Reading.TimeMs)
            .Where(g => rule.Parts.Add(rule.Property).All(p => g.Any(r => r.Property == p)))
            .OrderBy(g => g.Key)
            .Select(g => Definitions.At(g.Key, Math.Abs(g.Sum(r => r.Property == rule.Property ? r.Reading.Value : -r.Reading.Value))))
            .ToList();
        return Threshold(rule with { Above = rule.Tolerance }, differences);
    }
}
