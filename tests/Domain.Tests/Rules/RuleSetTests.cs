using System.Text.Json;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Rules;
using Quartier.Domain.Rules;

namespace Domain.Tests.Rules;

public sealed class RuleSetTests
{
    private static readonly string[] Properties = ["total", "in", "out"];

    [Fact]
    public void Rules_agree_with_a_naive_evaluation_of_all_readings_at_once() => Seeds.ForAll(
        random =>
        {
            var rule = RandomRule(random);
            var stream = RandomStream(random);
            var expected = NaiveRules.Evaluate(rule, Definitions.Subject.Key, stream);
            var effects = Evaluate(rule, stream);
            Assert.Equal(expected, effects.Select(Short));
            Assert.All(effects, a => Assert.InRange(a.Explanation.Readings.Length, 1, 16));
        },
        runs: 5000);

    [Fact]
    public void Rules_give_the_same_after_a_restart_anywhere() => Seeds.ForAll(
        random =>
        {
            var rule = RandomRule(random);
            var stream = RandomStream(random);
            var set = Definitions.Set(rule, Properties);
            var (whole, parts) = (new List<Alert>(), new List<Alert>());
            var (states, restarted) = (set.NewStates(), set.NewStates());
            foreach (var (property, reading) in stream)
            {
                set.Observe(states, Definitions.Subject, Array.IndexOf(Properties, property), reading, whole);
                if (random.Next(4) == 0)
                {
                    var stored = JsonSerializer.Serialize(set.Save(restarted));
                    var snapshots = JsonSerializer.Deserialize<System.Collections.Immutable.ImmutableArray<RuleSnapshot>>(stored);
                    restarted = set.Restore(snapshots, Definitions.Subject, 0, null, parts);
                }

                set.Observe(restarted, Definitions.Subject, Array.IndexOf(Properties, property), reading, parts);
                Assert.Equal(JsonSerializer.Serialize(set.Save(states)), JsonSerializer.Serialize(set.Save(restarted)));
            }

            Assert.Equal(JsonSerializer.Serialize(whole), JsonSerializer.Serialize(parts));
        },
        runs: 1000);

    [Fact]
    public void Rules_do_not_depend_on_how_streams_interleave_or_repeat() => Seeds.ForAll(
        random =>
        {
            var rule = RandomRule(random);
            var stream = RandomStream(random);
            var queues = stream.GroupBy(s => s.Property).Select(g => new Queue<(string, Reading)>(g)).ToList();
            var mixed = new List<(string, Reading)>();
            while (queues.Exists(q => q.Count > 0))
            {
                // A stream may run ahead of the others, but not by more times than wait for them.
                var queue = queues.Where(q => q.Count > 0).OrderByDescending(q => q.Count + random.Next(20)).First();
                mixed.Add(queue.Dequeue());
                if (random.Next(5) == 0)
                {
                    mixed.Add(mixed[random.Next(mixed.Count)]);
                }
            }

            Assert.Equal(JsonSerializer.Serialize(Evaluate(rule, stream)), JsonSerializer.Serialize(Evaluate(rule, mixed)));
        },
        runs: 1000);

    [Fact]
    public void An_alert_on_silence_is_the_same_whether_clock_or_reading_shows_it() => Seeds.ForAll(random =>
    {
        var rule = Definitions.Rule(RuleKind.Missing) with { ForMs = 5000 };
        var set = Definitions.Set(rule, Properties);
        var stream = RandomStream(random).Where(s => s.Property is "total").ToList();
        var effects = new List<Alert>();
        var states = set.NewStates();
        var last = 0L;
        foreach (var (_, reading) in stream)
        {
            set.CheckSilence(states, Definitions.Subject, random.NextInt64(last, reading.TimeMs + 1), [], effects);
            set.Observe(states, Definitions.Subject, 0, reading, effects);
            last = reading.TimeMs;
        }

        Assert.Equal(JsonSerializer.Serialize(Evaluate(rule, stream)), JsonSerializer.Serialize(effects));
    });

    [Fact]
    public void Silence_is_not_judged_before_the_first_reading_nor_while_readings_wait()
    {
        var set = Definitions.Set(Definitions.Rule(RuleKind.Missing) with { ForMs = 1000 }, Properties);
        var states = set.NewStates();
        var effects = new List<Alert>();
        set.CheckSilence(states, Definitions.Subject, 1_000_000, [], effects);
        set.Observe(states, Definitions.Subject, 0, Definitions.At(1000, 1), effects);
        set.CheckSilence(states, Definitions.Subject, 1_000_000, [1500, null, null], effects);
        set.CheckSilence(states, Definitions.Subject, 2000, [], effects);
        Assert.Empty(effects);
        set.CheckSilence(states, Definitions.Subject, 2001, [1000, null, null], effects);
        set.CheckSilence(states, Definitions.Subject, 3000, [1000, null, null], effects);
        Assert.Equal((1000L, 2000L), (Assert.Single(effects).StartMs, effects[0].RaisedMs));
    }

    [Fact]
    public void A_threshold_alert_explains_itself()
    {
        var rule = Definitions.Rule(RuleKind.Threshold) with
        {
            Above = 95,
            Hysteresis = 5,
            ForMs = 30 * Definitions.Minute,
            Sentence = new BilingualText(
                "{subject} ist seit {duration} ({time}) über {threshold} {unit}: {value} {unit}, {difference} zu viel.",
                "{subject} has been above {threshold} {unit} for {duration} ({time}): {value} {unit}, {difference} too much."),
        };
        List<(string, Reading)> stream = [.. Enumerable.Range(0, 40).Select(i => ("total", Definitions.At(Definitions.Epoch + (i * 2 * Definitions.Minute), i < 3 ? 90 : i == 36 ? 90 : 1096.25)))];
        var effects = Evaluate(rule, stream);
        Assert.Equal([AlertState.Raised, AlertState.Resolved], effects.Take(2).Select(e => e.State));
        var raised = effects[0];
        Assert.Equal(
            new BilingualText(
                "Promenade ist seit 30 Minuten (01.07.2026, 02:06 Uhr) über 95 °C: 1.096,25 °C, 1.001,25 zu viel.",
                "Promenade has been above 95 °C for 30 minutes (1 July 2026, 02:06): 1,096.25 °C, 1,001.25 too much."),
            raised.Explanation.Sentence);
        Assert.Equal(16, raised.Explanation.Readings.Length);
        Assert.Equal((raised.StartMs, raised.RaisedMs), (raised.Explanation.Readings[0].Reading.TimeMs, raised.Explanation.Readings[^1].Reading.TimeMs));
        Assert.Equal(95, raised.Explanation.Thresholds["above"]);
        Assert.Equal(1096.25, raised.Explanation.Computed["extreme"]);
        Assert.Equal((raised.Id, raised.RaisedMs), (effects[1].Id, effects[1].RaisedMs));
        Assert.Matches("^[a-z2-7]{26}$", raised.Id);
    }

    [Fact]
    public void The_alert_of_a_rule_that_is_gone_is_resolved()
    {
        var old = Definitions.Set(Definitions.Rule(RuleKind.Threshold) with { Above = 1 }, Properties);
        var next = Definitions.Set(Definitions.Rule(RuleKind.Threshold) with { Above = 5, Version = 2 }, Properties);
        var states = old.NewStates();
        var effects = new List<Alert>();
        old.Observe(states, Definitions.Subject, 0, Definitions.At(1000, 2), effects);
        var snapshots = old.Save(states);
        var kept = old.Restore(snapshots, Definitions.Subject, 2000, old, effects);
        Assert.Equal((1, RulePhase.Raised), (effects.Count, kept[0].CurrentPhase));
        var fresh = next.Restore(snapshots, Definitions.Subject, 2000, old, effects);
        Assert.Equal((RulePhase.Idle, AlertState.Resolved, 2000L, effects[0].Id), (fresh[0].CurrentPhase, effects[1].State, effects[1].ResolvedMs, effects[1].Id));
    }

    [Fact]
    public void Decimal_parts_that_add_up_are_not_inconsistent()
    {
        var rule = Definitions.Rule(RuleKind.InconsistentSum) with { Parts = ["in", "out"] };
        Assert.Empty(Evaluate(rule, [("total", Definitions.At(1, 0.3)), ("in", Definitions.At(1, 0.1)), ("out", Definitions.At(1, 0.2))]));
        Assert.Single(Evaluate(rule, [("total", Definitions.At(1, 0.3)), ("in", Definitions.At(1, 0.1)), ("out", Definitions.At(1, 0.2001))]));
    }

    [Fact]
    public void A_sum_forgets_times_that_can_never_be_complete_and_waits_for_a_bounded_number()
    {
        var set = Definitions.Set(Definitions.Rule(RuleKind.InconsistentSum) with { Parts = ["in"] }, Properties);
        var states = set.NewStates();
        set.Observe(states, Definitions.Subject, 0, Definitions.At(1, 1), []);
        set.Observe(states, Definitions.Subject, 0, Definitions.At(2, 1), []);
        Assert.Equal(2, set.Save(states)[0].Pending.Length);
        set.Observe(states, Definitions.Subject, 1, Definitions.At(2, 1), []);
        Assert.Empty(set.Save(states)[0].Pending);
        for (var i = 3; i < 1000; i++)
        {
            set.Observe(states, Definitions.Subject, 0, Definitions.At(i, 1), []);
        }

        Assert.Equal(SumJoin.MaxWaiting, set.Save(states)[0].Pending.Length);
    }

    [Fact]
    public void Observing_does_not_allocate_while_nothing_happens()
    {
        var rule = Definitions.Rule(RuleKind.InconsistentSum) with { Parts = ["in", "out"] };
        var set = Definitions.Set(rule, Properties);
        var states = set.NewStates();
        var effects = new List<Alert>();
        long Allocated(int from)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = from; i < from + 1000; i++)
            {
                set.Observe(states, Definitions.Subject, 0, Definitions.At(i, 3), effects);
                set.Observe(states, Definitions.Subject, 1, Definitions.At(i, 1), effects);
                set.Observe(states, Definitions.Subject, 2, Definitions.At(i, 2), effects);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(1);
        Assert.InRange(Allocated(5000), 0, 999);
        Assert.Empty(effects);
    }

    [Theory]
    [InlineData(0, "0 Sekunden", "0 seconds")]
    [InlineData(61_000, "1 Minute 1 Sekunde", "1 minute 1 second")]
    [InlineData(7_200_000, "2 Stunden", "2 hours")]
    [InlineData(90_061_000, "1 Tag 1 Stunde", "1 day 1 hour")]
    [InlineData(259_199_999, "2 Tagen 23 Stunden", "2 days 23 hours")]
    public void Sentences_say_durations(long ms, string german, string english) =>
        Assert.Equal((german, english), (Sentence.Duration(ms, german: true), Sentence.Duration(ms, german: false)));

    private static NaiveRules.Effect Short(Alert alert) => new(alert.State, alert.Id, alert.StartMs, alert.RaisedMs, alert.ResolvedMs);

    private static List<Alert> Evaluate(RuleDefinition rule, IEnumerable<(string Property, Reading Reading)> stream)
    {
        var set = Definitions.Set(rule, Properties);
        var effects = new List<Alert>();
        var states = set.NewStates();
        foreach (var (property, reading) in stream)
        {
            set.Observe(states, Definitions.Subject, Array.IndexOf(Properties, property), reading, effects);
        }

        return effects;
    }

    private static RuleDefinition RandomRule(Random random)
    {
        var rule = Definitions.Rule(random.Pick(Enum.GetValues<RuleKind>())) with { ForMs = random.Pick(0, 2000, 5000) };
        return rule.Kind switch
        {
            RuleKind.Threshold => rule with { Above = random.Pick<double?>(3, 4), Below = random.Pick<double?>(null, 1), Hysteresis = random.Pick(0, 1) },
            RuleKind.Stuck => rule with { Except = random.Pick<double?>(null, 0, 2) },
            RuleKind.InconsistentSum => rule with { Parts = ["in", "out"], Tolerance = random.Pick(0, 1), Hysteresis = 0 },
            _ => rule,
        };
    }

    private static List<(string Property, Reading Reading)> RandomStream(Random random)
    {
        var time = 1000L;
        var stream = new List<(string, Reading)>();
        var value = 0;
        for (var i = 0; i < 60; i++)
        {
            time += random.Pick(500, 1000, 1000, 1000, 2000, 6000, 12_000);
            value = random.Next(3) == 0 ? random.Next(6) : value;
            var first = random.Next(value + 1);
            (string, double)[] parts = [("total", value + (random.Next(4) == 0 ? random.Next(-2, 3) : 0)), ("in", first), ("out", value - first)];
            stream.AddRange(parts.Where(_ => random.Next(12) > 0).Select(p => (p.Item1, Definitions.At(time, p.Item2))));
        }

        return stream;
    }
}
