using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Rules;

namespace Quartier.Domain.Rules;

/// <summary>
/// No reading for longer than allowed. The alert begins with the last reading before the silence and is raised when the allowed time is over,
/// by event time, whether the clock or the next reading shows it: both compute the same alert.
/// </summary>
internal static class MissingRule
{
    public static void Observe(in RuleContext context, ref RuleState state, in Reading reading)
    {
        if (state.Any && reading.TimeMs <= state.Last.TimeMs)
        {
            return;
        }

        if (state.Any)
        {
            RaiseAfter(context, ref state, reading.TimeMs);
        }

        if (state.Phase == RulePhase.Raised)
        {
            Resolve(context, ref state, reading.TimeMs, reading);
        }

        state.TryTake(reading);
    }

    public static void CheckSilence(in RuleContext context, ref RuleState state, long nowMs, long? newestMs)
    {
        // What waits for its turn has been heard: the silence is judged when its turn comes.
        if (state.Any && (newestMs is null || newestMs <= state.Last.TimeMs))
        {
            RaiseAfter(context, ref state, nowMs);
        }
    }

    public static void Resolve(in RuleContext context, ref RuleState state, long atMs) => Resolve(context, ref state, atMs, null);

    private static void RaiseAfter(in RuleContext context, ref RuleState state, long untilMs)
    {
        var allowedMs = context.Rule.Definition.ForMs;
        if (state.Phase != RulePhase.Idle || untilMs - state.Last.TimeMs <= allowedMs)
        {
            return;
        }

        state.Begin(state.Last, state.Last.Value);
        state.Phase = RulePhase.Raised;
        state.RaisedMs = state.Start.TimeMs + allowedMs;
        context.Effects.Add(Write(context, state, [Explained(context, state.Start)], null, state.RaisedMs));
    }

    private static void Resolve(in RuleContext context, ref RuleState state, long atMs, Reading? last)
    {
        var evidence = ImmutableArray.Create(Explained(context, state.Start));
        context.Effects.Add(Write(context, state, last is { } reading ? evidence.Add(Explained(context, reading)) : evidence, atMs, atMs));
        state.End();
    }

    private static ExplainedReading Explained(in RuleContext context, in Reading reading) => new(context.Rule.Definition.Property, reading);

    private static Alert Write(in RuleContext context, in RuleState state, ImmutableArray<ExplainedReading> evidence, long? resolvedMs, long untilMs)
    {
        var durationMs = untilMs - state.Start.TimeMs;
        var computed = AlertWriter.NoNumbers.Add("durationSeconds", durationMs / 1000.0);
        var rule = context.Rule.Definition;
        var facts = new SentenceFacts(state.Start.Value, rule.ForMs / 1000.0, durationMs, state.Start.TimeMs, (durationMs - rule.ForMs) / 1000.0);
        return AlertWriter.Write(context, state, resolvedMs, new AlertGrounds(evidence, AlertWriter.Limits(rule), computed, facts));
    }
}
