using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Rules;

namespace Quartier.Domain.Rules;

/// <summary>
/// A value is beyond a threshold. Until the alert is raised each reading must lie beyond it; once raised, the value must come back across the
/// threshold by the hysteresis to resolve it.
/// </summary>
internal static class ThresholdRule
{
    /// <summary>First readings that are kept; with the last one an explanation has at most 16.</summary>
    private const int FirstReadings = 15;

    public static void Observe(in RuleContext context, ref RuleState state, in Reading reading)
    {
        if (!state.TryTake(reading))
        {
            return;
        }

        var rule = context.Rule.Definition;
        if (state.Phase == RulePhase.Raised && IsBack(rule, state.Below, reading.Value))
        {
            Resolve(context, ref state, reading.TimeMs, reading);
        }
        else if (state.Phase == RulePhase.Holding && !IsBeyond(rule, state.Below, reading.Value))
        {
            state.End();
        }

        if (state.Phase == RulePhase.Idle)
        {
            TryBegin(rule, ref state, reading);
        }

        if (state.Phase != RulePhase.Idle)
        {
            Hold(context, ref state, reading);
        }
    }

    public static void Resolve(in RuleContext context, ref RuleState state, long atMs) => Resolve(context, ref state, atMs, null);

    private static void Resolve(in RuleContext context, ref RuleState state, long atMs, Reading? last)
    {
        var evidence = last is { } reading ? With(state.Evidence, context, reading) : state.Evidence;
        context.Effects.Add(Write(context, state, evidence, atMs, atMs));
        state.End();
    }

    private static void TryBegin(RuleDefinition rule, ref RuleState state, in Reading reading)
    {
        var below = !IsBeyond(rule, below: false, reading.Value);
        if (IsBeyond(rule, below, reading.Value))
        {
            state.Begin(reading, reading.Value);
            state.Below = below;
        }
    }

    private static void Hold(in RuleContext context, ref RuleState state, in Reading reading)
    {
        var rule = context.Rule.Definition;
        state.Extreme = state.Below ? Math.Min(state.Extreme, reading.Value) : Math.Max(state.Extreme, reading.Value);
        if (state.Phase != RulePhase.Holding)
        {
            return;
        }

        if (state.Evidence.IsDefault || state.Evidence.Length < FirstReadings)
        {
            state.Evidence = With(state.Evidence, context, reading);
        }

        if (reading.TimeMs - state.Start.TimeMs < rule.ForMs)
        {
            return;
        }

        state.Phase = RulePhase.Raised;
        state.RaisedMs = reading.TimeMs;
        var evidence = state.Evidence[^1].Reading.TimeMs == reading.TimeMs ? state.Evidence : With(state.Evidence, context, reading);
        context.Effects.Add(Write(context, state, evidence, null, reading.TimeMs));
    }

    private static bool IsBeyond(RuleDefinition rule, bool below, double value) => below ? value < rule.Below : value > rule.Above;

    private static bool IsBack(RuleDefinition rule, bool below, double value) =>
        below ? value >= rule.Below + rule.Hysteresis : value <= rule.Above - rule.Hysteresis;

    private static ImmutableArray<ExplainedReading> With(ImmutableArray<ExplainedReading> evidence, in RuleContext context, in Reading reading)
    {
        var explained = new ExplainedReading(context.Rule.Definition.Property, reading);
        return evidence.IsDefault ? [explained] : evidence.Add(explained);
    }

    private static Alert Write(in RuleContext context, in RuleState state, ImmutableArray<ExplainedReading> evidence, long? resolvedMs, long untilMs)
    {
        var rule = context.Rule.Definition;
        var limit = (state.Below ? rule.Below : rule.Above)!.Value;
        var thresholds = AlertWriter.Limits(rule).Add(state.Below ? "below" : "above", limit).Add("hysteresis", rule.Hysteresis);
        var durationMs = untilMs - state.Start.TimeMs;
        var computed = AlertWriter.NoNumbers.Add("extreme", state.Extreme).Add("durationSeconds", durationMs / 1000.0);
        var facts = new SentenceFacts(state.Extreme, limit, durationMs, state.Start.TimeMs, Math.Abs(state.Extreme - limit));
        return AlertWriter.Write(context, state, resolvedMs, new AlertGrounds(evidence, thresholds, computed, facts));
    }
}
