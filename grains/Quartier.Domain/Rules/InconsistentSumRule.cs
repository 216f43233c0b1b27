using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Rules;

namespace Quartier.Domain.Rules;

/// <summary>Parts of one event time do not add up to the total of that time. Judged only when all have a reading for it.</summary>
internal static class InconsistentSumRule
{
    /// <summary>Most readings in an explanation.</summary>
    private const int MaxReadings = 16;

    /// <summary>Differences below this share of the total are rounding of binary fractions.</summary>
    private const double Rounding = 1e-9;

    public static void Observe(in RuleContext context, ref RuleState state, int stream, in Reading reading)
    {
        if (state.Any && reading.TimeMs <= state.Last.TimeMs)
        {
            return;
        }

        state.Join ??= new SumJoin(context.Rule.Streams.Length);
        if (state.Join.Add(stream, reading) is { } row)
        {
            state.TryTake(row.Readings[0]);
            Judge(context, ref state, row);
        }
    }

    public static void Resolve(in RuleContext context, ref RuleState state, long atMs)
    {
        context.Effects.Add(Write(context, state, atMs, atMs));
        state.End();
    }

    private static void Judge(in RuleContext context, ref RuleState state, SumRow row)
    {
        var rule = context.Rule.Definition;
        var difference = Difference(row.Readings);
        var allowed = state.Phase == RulePhase.Raised ? Math.Max(0, rule.Tolerance - rule.Hysteresis) : rule.Tolerance;
        var holds = Math.Abs(difference) > allowed + (Rounding * Math.Abs(row.Readings[0].Value));
        if (!holds)
        {
            if (state.Phase == RulePhase.Raised)
            {
                Resolve(context, ref state, row.TimeMs);
            }

            state.End();
            return;
        }

        if (state.Phase == RulePhase.Idle)
        {
            state.Begin(row.Readings[0], difference);
        }

        state.Extreme = Math.Abs(difference) > Math.Abs(state.Extreme) ? difference : state.Extreme;
        if (state.Phase == RulePhase.Holding && row.TimeMs - state.Start.TimeMs >= rule.ForMs)
        {
            state.Phase = RulePhase.Raised;
            state.RaisedMs = row.TimeMs;
            state.Evidence = Explained(context.Rule.Names, row.Readings);
            context.Effects.Add(Write(context, state, null, row.TimeMs));
        }
    }

    private static double Difference(ReadOnlySpan<Reading> readings)
    {
        var sum = 0.0;
        foreach (var part in readings[1..])
        {
            sum += part.Value;
        }

        return readings[0].Value - sum;
    }

    private static ImmutableArray<ExplainedReading> Explained(ImmutableArray<string> names, ReadOnlySpan<Reading> readings)
    {
        var explained = ImmutableArray.CreateBuilder<ExplainedReading>();
        for (var i = 0; i < Math.Min(readings.Length, MaxReadings); i++)
        {
            explained.Add(new ExplainedReading(names[i], readings[i]));
        }

        return explained.ToImmutable();
    }

    private static Alert Write(in RuleContext context, in RuleState state, long? resolvedMs, long untilMs)
    {
        var rule = context.Rule.Definition;
        var total = state.Evidence[0].Reading.Value;
        var durationMs = untilMs - state.Start.TimeMs;
        var thresholds = AlertWriter.Limits(rule).Add("tolerance", rule.Tolerance);
        var computed = AlertWriter.NoNumbers
            .Add("total", total)
            .Add("greatestDifference", state.Extreme)
            .Add("durationSeconds", durationMs / 1000.0);
        var facts = new SentenceFacts(total, rule.Tolerance, durationMs, state.Start.TimeMs, Math.Abs(state.Extreme));
        return AlertWriter.Write(context, state, resolvedMs, new AlertGrounds(state.Evidence, thresholds, computed, facts));
    }
}
