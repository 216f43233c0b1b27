using Quartier.Contracts.Readings;
using Quartier.Domain.Judgement;

namespace Domain.Tests.Judgement;

public sealed class JudgementTests
{
    private const long Now = Definitions.Epoch;

    [Theory]
    [InlineData(0, 20, Quality.Good)]
    [InlineData(0, -51, Quality.OutOfRange)]
    [InlineData(0, 100, Quality.Good)]
    [InlineData(0, 100.1, Quality.OutOfRange)]
    [InlineData(IntrinsicQuality.ClockToleranceMs, 20, Quality.Good)]
    [InlineData(IntrinsicQuality.ClockToleranceMs + 1, 20, Quality.ClockSkew)]
    [InlineData(IntrinsicQuality.GreatestLeadMs, 200, Quality.ClockSkew | Quality.OutOfRange)]
    [InlineData(-29 * Definitions.Day, 20, Quality.Good)]
    public void Intrinsic_quality_flags_what_is_accepted(long ahead, double value, Quality expected)
    {
        Assert.True(IntrinsicQuality.TryJudge(Definitions.Stream(), new Sample(0, Now + ahead, value), Now, out var reading, out _));
        Assert.Equal(new Reading(Now + ahead, value, expected), reading);
    }

    [Theory]
    [InlineData(Now + IntrinsicQuality.GreatestLeadMs + 1, 20, RefusalReason.FutureTime)]
    [InlineData(Now - (31 * Definitions.Day), 20, RefusalReason.Expired)]
    [InlineData(IntrinsicQuality.EarliestMs - 1, 20, RefusalReason.BadTime)]
    [InlineData(IntrinsicQuality.LatestMs, 20, RefusalReason.BadTime)]
    [InlineData(Now, double.NaN, RefusalReason.BadValue)]
    [InlineData(Now, double.PositiveInfinity, RefusalReason.BadValue)]
    public void Intrinsic_quality_refuses_with_a_reason(long time, double value, RefusalReason expected)
    {
        Assert.False(IntrinsicQuality.TryJudge(Definitions.Stream(), new Sample(0, time, value), Now, out _, out var reason));
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void Readings_expire_at_the_end_of_the_day_of_their_time_plus_retention()
    {
        Assert.Equal(Now + (31 * Definitions.Day), IntrinsicQuality.ExpiryMs(Now, 30));
        Assert.Equal(Now + (31 * Definitions.Day), IntrinsicQuality.ExpiryMs(Now + Definitions.Day - 1, 30));
        Assert.False(IntrinsicQuality.TryJudge(Definitions.Stream(), new Sample(0, Now, 1), Now + (31 * Definitions.Day), out _, out _));
        Assert.True(IntrinsicQuality.TryJudge(Definitions.Stream(), new Sample(0, Now, 1), Now + (31 * Definitions.Day) - 1, out _, out _));
    }

    [Fact]
    public void Derived_quality_flags_gap_step_and_stuck()
    {
        var definition = Definitions.Stream() with { MaxStep = 10, StuckAfterMs = 3 * Definitions.Minute };
        var derived = default(DerivedQuality);
        (long Minute, double Value, Quality Expected)[] table =
        [
            (0, 1, Quality.Good),
            (1, 11, Quality.Good),
            (2, 22, Quality.Step),
            (3, 22, Quality.Good),
            (5, 22, Quality.Gap),
            (6, 22, Quality.Stuck),
            (7, 21, Quality.Good),
            (20, 21, Quality.Gap),
            (23, 21, Quality.Gap),
            (24, 21, Quality.Stuck),
        ];
        foreach (var (minute, value, expected) in table)
        {
            Assert.Equal(expected, derived.Next(definition, Definitions.At(Now + (minute * Definitions.Minute), value)));
        }
    }

    [Fact]
    public void Derived_quality_of_a_range_is_that_of_the_whole_history() => Seeds.ForAll(random =>
    {
        var definition = Definitions.Stream() with
        {
            IntervalMs = random.Pick(0, 2, 5),
            MaxStep = random.Pick<double?>(null, 1, 2),
            StuckAfterMs = random.Pick(0, 4, 10),
        };
        var time = 1000L;
        var readings = Enumerable.Range(0, 60).Select(_ => Definitions.At(time += random.Pick(1, 1, 1, 2, 3, 11, 40), random.Next(3))).ToArray();
        var whole = readings.ToArray();
        DerivedQuality.Annotate(definition, default, whole);
        var from = random.NextInt64(1000, time);

        var lookBack = readings.Where(r => r.TimeMs >= from - DerivedQuality.LookBackMs(definition) && r.TimeMs < from).ToArray();
        var before = default(DerivedQuality);
        if (lookBack.Length == 0 && readings.LastOrDefault(r => r.TimeMs < from) is { TimeMs: > 0 } last)
        {
            before = DerivedQuality.After(last.TimeMs, last.Value);
        }

        foreach (var reading in lookBack)
        {
            before.Next(definition, reading);
        }

        var range = readings.Where(r => r.TimeMs >= from).ToArray();
        DerivedQuality.Annotate(definition, before, range);
        Assert.Equal(whole.Where(r => r.TimeMs >= from), range);
    }, runs: 2000);
}
