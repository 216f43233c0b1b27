using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Storage.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>What is kept of two paths decides a comparison as all of their values do.</summary>
public sealed class KeptValuesTests
{
    private const long HourMs = 3_600_000;

    private static readonly Operator[] s_operators =
        [Operator.Equal, Operator.NotEqual, Operator.Less, Operator.LessOrEqual, Operator.Greater, Operator.GreaterOrEqual];

    [Fact]
    public void Kept_values_decide_a_comparison_as_every_pair_of_all_values_does()
    {
        var holds = 0;
        Check.One(Draws.Of(20_000), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var op = s_operators[random.Next(s_operators.Length)];
            var (left, right) = (Values(random), Values(random));
            var expected = left.Exists(a => right.Exists(b => Holds(op, a, b)));
            var (keptLeft, keptRight) = (Kept(op, true, left), Kept(op, false, right));
            var actual = keptLeft.Any(a => keptRight.Any(b => Holds(op, a[0], b[0])));
            Assert.True(expected == actual, $"seed {seed}: {string.Join(' ', left)} {op} {string.Join(' ', right)}: {expected} expected");
            Assert.True(op == Operator.Equal || keptLeft.Count <= 10, $"seed {seed}: {keptLeft.Count} values are kept");
            holds += expected ? 1 : 0;
        }));
        Assert.InRange(holds, 2_000, 18_000);
    }

    [Fact]
    public void Equal_values_have_one_key() => Check.One(Draws.Of(20_000), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (a, b) = (Value(random), Value(random));
        Assert.True(!Comparison.AreEqual(a, b) || EqualValues.KeyOf(a) == EqualValues.KeyOf(b), $"seed {seed}: {a} {b}");
    }));

    private static IReadOnlyCollection<ValueRow> Kept(Operator op, bool isLeft, List<EntityValue> values)
    {
        IKeptValues kept = op switch
        {
            Operator.Equal => new DistinctValues(false),
            Operator.NotEqual => new DifferingValues(),
            _ => new ExtremeValues(op, isLeft),
        };
        foreach (var value in values.TakeWhile(_ => !kept.IsEnough))
        {
            kept.Add(new ValueRow(value));
        }

        return kept.All;
    }

    private static bool Holds(Operator op, EntityValue left, EntityValue right) => op switch
    {
        Operator.Equal => Comparison.AreEqual(left, right),
        Operator.NotEqual => !Comparison.AreEqual(left, right),
        _ => Comparison.Holds(op, left, right),
    };

    // Mostly of one kind, from few values, so that equal ones are not rare.
    private static List<EntityValue> Values(Random random)
    {
        var kind = random.Next(4) == 0 ? -1 : random.Next(9);
        return [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => kind < 0 ? Value(random) : Value(random, kind))];
    }

    private static EntityValue Value(Random random) => Value(random, random.Next(9));

    private static EntityValue Value(Random random, int kind) => kind switch
    {
        0 => EntityValue.Of((1L << 60) + random.Next(3)),
        1 => EntityValue.Of(random.Next(2) == 0 ? random.Next(-2, 3) : (double)(1L << 60)),
        2 => EntityValue.Of(random.Next(-2, 3) * 0.5),
        3 => EntityValue.Of(new[] { "", "a", "Ä", "😀", "\uFFFD" }[random.Next(5)]),
        4 => EntityValue.Of(new[] { "1970-01-01T01:00:00Z", "1970-01-01T02:00:00+01:00", "1970-01-01T02:00:00Z", "1970-01-01T00:30:00-02:00", "1970-01-01" }[random.Next(5)]),
        5 => EntityValue.Instant(random.Next(0, 4) * HourMs),
        6 => Span(random.Next(0, 3), random.Next(1, 3)),
        7 => random.Next(2) == 0 ? EntityValue.Date(0) : EntityValue.Duration(random.Next(0, 3) * HourMs),
        _ => new[] { EntityValue.Null, EntityValue.Of(true), EntityValue.Of(false), EntityValue.Json("[1]"), EntityValue.TimeOfDay(HourMs), EntityValue.TimeOfDay(0) }[random.Next(6)],
    };

    private static EntityValue Span(int startHour, int hours) => EntityValue.Interval(startHour * HourMs, (startHour + hours) * HourMs);
}
