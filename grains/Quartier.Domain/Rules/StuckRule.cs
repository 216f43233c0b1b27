using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Rules;

namespace Quartier.Domain.Rules;

/// <summary>
/// The value has not changed for longer than allowed. A silence longer than that ends the sameness before the alert is raised (silence is not
/// sameness); once raised, only another value resolves it.
/// </summary>
internal static class StuckRule
{
    public static void Observe(in RuleContext context, ref RuleState state, in Reading reading)
    {
        var rule = context.Rule.Definition;
        var silenceMs = state.Any ? reading.TimeMs - state.Last.TimeMs : 0;
        if (!state.TryTake(reading))
        {
            return;
        }

        if (state.Phase != RulePhase.Idle && reading.Value.Equals(state.Start.Value))
        {
            if (state.Phase == RulePhase.Holding)
            {
                Hold(context, ref state, reading, silenceMs);
            }

            return;
        }

        if (state.Phase == RulePhase.Raised)
        {
            Resolve(context, ref state, reading.TimeMs, reading);
        }

        state.End();
        if (!reading.Value.Equals(rule.Except.GetValueOrDefault(double.NaN)))
        {
            state.Begin(reading, reading.Value);
        }
    }

    public static void Resolve(in RuleContext context, ref RuleState state, long atMs) => Resolve(context, ref state, atMs, null);

    private static void Hold(in RuleContext context, ref RuleState state, in Reading reading, long silenceMs)
    {
        var allowedMs = context.Rule.Definition.ForMs;
        if (silenceMs > allowedMs)
        {
            state.Begin(reading, reading.Value);
        }
        else if (reading.TimeMs - state.Start.TimeMs > allowedMs)
        {
            state.Phase = RulePhase.Raised;
            state.RaisedMs = reading.TimeMs;
            state.Evidence = [Explained(context, state.Start), Explained(context, reading)];
            context.Effects.Add(Write(context, state, state.Evidence, null, reading.TimeMs));
        }
    }

    private static void Resolve(in RuleContext context, ref RuleState state, long atMs, Reading? last)
    {
        var evidence = last is { } reading ? state.Evidence.Add(Explained(context, reading)) : state.Evidence;
        context.Effects.Add(Write(context, state, evidence, atMs, atMs));
        state.End();
    }

    private static ExplainedReading Explained(in RuleContext context, in Reading reading) => new(context.Rule.Definition.Property, reading);

    private static Alert Write(in RuleContext context, in RuleState state, ImmutableArray<ExplainedReading> evidence, long? resolvedMs, long untilMs)
    {
        var rule = context.Rule.Definition;
        var durationMs = untilMs - state.Start.TimeMs;
        var computed = AlertWriter.NoNumbers.Add("value", state.Start.Value).Add("durationSeconds", durationMs / 1000.0);
        var thresholds = rule.Except is { } except ? AlertWriter.Limits(rule).Add("except", except) : AlertWriter.Limits(rule);
        var facts = new SentenceFacts(state.Start.Value, rule.ForMs / 1000.0, durationMs, state.Start.TimeMs, 0);
        return AlertWriter.Write(context, state, resolvedMs, new AlertGrounds(evidence, thresholds, computed, facts));
    }
}
