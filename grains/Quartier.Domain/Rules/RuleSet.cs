using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Rules;

namespace Quartier.Domain.Rules;

/// <summary>
/// The rules of one kind of subject, ready to be evaluated; immutable and shared. The subject keeps one <see cref="RuleState"/> for each rule.
/// Everything is a function of the readings in order of event time: the same readings give the same alerts with the same ids, however often
/// they are evaluated. Only <see cref="CheckSilence"/> looks at a clock, and what it raises is what the next reading would have raised.
/// </summary>
public sealed class RuleSet
{
    private readonly ImmutableArray<CompiledRule> _rules;

    private RuleSet(ImmutableArray<CompiledRule> rules) => _rules = rules;

    /// <summary>No rules.</summary>
    public static RuleSet Empty { get; } = new([]);

    /// <summary>Number of rules, and of states that a subject keeps.</summary>
    public int Count => _rules.Length;

    /// <summary>The rules, in the order of their states.</summary>
    public IEnumerable<RuleDefinition> Definitions => _rules.Select(r => r.Definition);

    /// <summary>Compiles rules of a validated registry.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="properties">What they may watch; indexes in <see cref="Observe"/> refer to it.</param>
    /// <exception cref="ArgumentException">A rule names a property that is not in the list.</exception>
    public static RuleSet Compile(ImmutableArray<RuleDefinition> rules, ImmutableArray<RuleProperty> properties) =>
        rules.IsEmpty ? Empty : new([.. rules.Select(r => Compile(r, properties))]);

    /// <summary>Compiles a sensor's rules; indexes are those of its datastreams.</summary>
    public static RuleSet ForSensor(SensorDefinition sensor) =>
        Compile(sensor.Rules, [.. sensor.Datastreams.Select(d => new RuleProperty(d.Property, new BilingualText(d.Name, d.Name), d.Unit))]);

    /// <summary>States of a subject that has seen nothing.</summary>
    public RuleState[] NewStates() => Count == 0 ? [] : new RuleState[Count];

    /// <summary>Evaluates the rules that watch the property. Readings of one property come in order of time; repeated and older ones have no effect.</summary>
    /// <param name="states">The subject's states, changed in place.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="property">Index of the property.</param>
    /// <param name="reading">The reading, in event order.</param>
    /// <param name="effects">Alerts that were raised or resolved are appended, in order.</param>
    public void Observe(Span<RuleState> states, IRuleSubject subject, int property, in Reading reading, List<Alert> effects)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            var rule = _rules[i];
            var stream = rule.Streams.IndexOf(property);
            if (stream < 0)
            {
                continue;
            }

            var context = new RuleContext(rule, subject, effects);
            switch (rule.Definition.Kind)
            {
                case RuleKind.Threshold:
                    ThresholdRule.Observe(context, ref states[i], reading);
                    break;
                case RuleKind.Missing:
                    MissingRule.Observe(context, ref states[i], reading);
                    break;
                case RuleKind.Stuck:
                    StuckRule.Observe(context, ref states[i], reading);
                    break;
                default:
                    InconsistentSumRule.Observe(context, ref states[i], stream, reading);
                    break;
            }
        }
    }

    /// <summary>
    /// Raises what silence raises. The alert is the very one that the next reading would raise, had nobody looked at the clock; a sensor that
    /// has never been heard raises nothing (coverage lists it).
    /// </summary>
    /// <param name="states">The subject's states, changed in place.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="nowMs">The city's now, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="newestMs">For each property the newest time heard, waiting ones included; null when none. Empty: only what was observed counts.</param>
    /// <param name="effects">Raised alerts are appended.</param>
    public void CheckSilence(Span<RuleState> states, IRuleSubject subject, long nowMs, ReadOnlySpan<long?> newestMs, List<Alert> effects)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            var rule = _rules[i];
            if (rule.Definition.Kind == RuleKind.Missing)
            {
                var newest = newestMs.IsEmpty ? null : newestMs[rule.Streams[0]];
                MissingRule.CheckSilence(new RuleContext(rule, subject, effects), ref states[i], nowMs, newest);
            }
        }
    }

    /// <summary>The states as they are stored.</summary>
    public ImmutableArray<RuleSnapshot> Save(ReadOnlySpan<RuleState> states)
    {
        var snapshots = ImmutableArray.CreateBuilder<RuleSnapshot>(Count);
        for (var i = 0; i < Count; i++)
        {
            snapshots.Add(states[i].Save(_rules[i]));
        }

        return snapshots.MoveToImmutable();
    }

    /// <summary>
    /// Takes up stored states. A rule without one (new, or of another version) starts anew; the alert of a state whose rule is gone, or has
    /// another version, is resolved.
    /// </summary>
    /// <param name="snapshots">What was stored.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="nowMs">When alerts of rules that are gone count as resolved, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="previous">The rules by which the snapshots were made; null when they are the same.</param>
    /// <param name="effects">Resolved alerts are appended.</param>
    public RuleState[] Restore(
        ImmutableArray<RuleSnapshot> snapshots, IRuleSubject subject, long nowMs, RuleSet? previous, List<Alert> effects)
    {
        var states = NewStates();
        foreach (var snapshot in snapshots)
        {
            var at = IndexOf(snapshot);
            if (at >= 0)
            {
                states[at] = RuleState.Restore(snapshot, _rules[at]);
            }
            else if (previous is not null && snapshot.Phase == RulePhase.Raised && previous.IndexOf(snapshot) is var old and >= 0)
            {
                var rule = previous._rules[old];
                var state = RuleState.Restore(snapshot, rule);
                Resolve(new RuleContext(rule, subject, effects), ref state, nowMs);
            }
        }

        return states;
    }

    /// <summary>
    /// States of a subject that goes where its alerts cannot follow: what was raised has been ended there, and is raised anew when it still holds.
    /// What holds and is not raised yet goes on.
    /// </summary>
    public static ImmutableArray<RuleSnapshot> Calmed(ImmutableArray<RuleSnapshot> snapshots) =>
        [.. snapshots.Select(s => s.Phase != RulePhase.Raised
            ? s
            : s with { Phase = RulePhase.Idle, Below = false, Start = null, RaisedMs = 0, Extreme = 0, Evidence = [] })];

    private static CompiledRule Compile(RuleDefinition rule, ImmutableArray<RuleProperty> properties)
    {
        ImmutableArray<string> names = rule.Kind == RuleKind.InconsistentSum ? [rule.Property, .. rule.Parts] : [rule.Property];
        var streams = ImmutableArray.CreateBuilder<int>(names.Length);
        foreach (var name in names)
        {
            var at = properties.Index().FirstOrDefault(p => string.Equals(p.Item.Name, name, StringComparison.Ordinal), (-1, null!)).Index;
            streams.Add(at >= 0 ? at : throw new ArgumentException($"Rule {rule.Id} watches {name}, which its subject does not have.", nameof(rule)));
        }

        return new CompiledRule(rule, properties[streams[0]], streams.MoveToImmutable(), names);
    }

    private static void Resolve(in RuleContext context, ref RuleState state, long atMs)
    {
        switch (context.Rule.Definition.Kind)
        {
            case RuleKind.Threshold:
                ThresholdRule.Resolve(context, ref state, atMs);
                break;
            case RuleKind.Missing:
                MissingRule.Resolve(context, ref state, atMs);
                break;
            case RuleKind.Stuck:
                StuckRule.Resolve(context, ref state, atMs);
                break;
            default:
                InconsistentSumRule.Resolve(context, ref state, atMs);
                break;
        }
    }

    private int IndexOf(RuleSnapshot snapshot)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            var rule = _rules[i].Definition;
            if (rule.Version == snapshot.Version && string.Equals(rule.Id, snapshot.RuleId, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
