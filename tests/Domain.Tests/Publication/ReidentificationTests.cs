using Quartier.Contracts.Districts;
using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

/// <summary>
/// Attacks on planted individuals (G5): 10,000 random queries by differencing, repetition, marginals and linkage. On an interface that answers any window
/// exactly they find nearly everybody; on what is published they must not beat a coin.
/// </summary>
public sealed class ReidentificationTests(ITestOutputHelper output)
{
    private const int Queries = 10_000;
    private const int Repetitions = 50;

    /// <summary>Three standard deviations of a coin thrown 10,000 times: an attack beyond it has found something.</summary>
    private const double CoinAndThreeDeviations = 0.5 + (3 * 0.5 / 100);

    [Fact]
    public void Attacks_on_planted_individuals_do_not_beat_a_coin()
    {
        var random = new Random(20_260_701);
        var towns = Enumerable.Range(0, 4).Select(_ => new CyclingTown(random, targets: 600)).ToArray();
        var attacks = new (string Name, Func<CyclingTown, CyclingTown.Target, double?> Evidence)[]
        {
            ("repetition", Repetition), ("differencing", Differencing), ("marginals", Marginals), ("linkage", Linkage),
        };
        var (hits, openHits, withheld) = (new int[attacks.Length], new int[attacks.Length], 0);
        for (var query = 0; query < Queries; query++)
        {
            var town = towns[random.Next(towns.Length)];
            var target = town.Targets[random.Next(town.Targets.Count)];
            var attack = query % attacks.Length;
            var evidence = attacks[attack].Evidence(town, target);
            withheld += evidence is null ? 1 : 0;
            var guess = evidence is null or 0 ? random.Next(2) == 1 : evidence > 0;
            hits[attack] += guess == target.Passed ? 1 : 0;
            openHits[attack] += Open(town, target) == target.Passed ? 1 : 0;
        }

        for (var i = 0; i < attacks.Length; i++)
        {
            output.WriteLine($"{attacks[i].Name,-12} published {hits[i] * 4.0 / Queries:P1}   unprotected {openHits[i] * 4.0 / Queries:P1}   a coin 50 %");
        }

        output.WriteLine($"withheld in {withheld} of {Queries} queries");
        Assert.InRange(hits.Sum() / (double)Queries, 0, CoinAndThreeDeviations);
        Assert.InRange(openHits.Sum() / (double)Queries, 0.9, 1);
        Assert.InRange(withheld, 1, Queries * 3 / 4);
    }

    /// <summary>
    /// The strongest attacker stood there for the whole hour and counted everybody but her. Against that the noise leaves doubt and no more: the best guess
    /// succeeds as often as the published noise table says, half of one plus the distance between the noise and the noise moved by one.
    /// </summary>
    [Fact]
    public void Attacker_who_knows_everybody_else_gains_what_the_noise_table_says()
    {
        const int trials = 20_000;
        var table = NoiseTable.Of(Months.Rules.PerturbationVariance, Months.Rules.PerturbationMax);
        var p = table.Probabilities;
        double Likelihood(int noise) => noise < -table.Max || noise > table.Max ? 0 : p[noise + table.Max];
        var said = 0.5 + (Enumerable.Range(-table.Max, (2 * table.Max) + 2).Sum(n => Math.Abs(Likelihood(n) - Likelihood(n - 1))) / 4);
        var random = new Random(11);
        var hits = 0;
        for (var i = 0; i < trials; i++)
        {
            var passed = random.Next(2);
            var seen = passed + table.Draw(Months.Keys.Of("mitte", Resolution.Hour, i * Months.Hour));
            hits += (Likelihood(seen - 1) > Likelihood(seen) ? 1 : 0) == passed ? 1 : 0;
        }

        output.WriteLine($"knows everybody else: {hits / (double)trials:P1}, by the noise table {said:P1}");
        Assert.Equal(said, hits / (double)trials, 3 * 0.5 / Math.Sqrt(trials));
        Assert.InRange(said, 0.5, 0.66);
    }

    /// <summary>Asks the same cell again and again to average the noise away, and compares with the hours around it.</summary>
    private static double? Repetition(CyclingTown town, CyclingTown.Target target)
    {
        var hour = HourOf(town, target);
        var (sum, cell) = (0.0, CyclingTown.Districts[target.District]);
        for (var i = 0; i < Repetitions; i++)
        {
            if (town.Published(cell, Resolution.Hour, hour) is not { } value)
            {
                return null;
            }

            sum += value;
        }

        return (sum / Repetitions) - Expected(town, target);
    }

    /// <summary>The day less its other hours.</summary>
    private static double? Differencing(CyclingTown town, CyclingTown.Target target)
    {
        var cell = CyclingTown.Districts[target.District];
        var day = town.Edges[target.Day];
        var rest = Enumerable.Range(0, 24).Select(h => day + (h * Months.Hour)).Where(h => h != HourOf(town, target))
            .Select(h => town.Published(cell, Resolution.Hour, h)).ToList();
        return rest.Contains(null) ? null : town.Published(cell, Resolution.Day, day) - rest.Sum() - Expected(town, target);
    }

    /// <summary>The city less the other districts.</summary>
    private static double? Marginals(CyclingTown town, CyclingTown.Target target)
    {
        var hour = HourOf(town, target);
        var others = CyclingTown.Districts.Where((_, d) => d != target.District).Select(d => town.Published(d, Resolution.Hour, hour)).ToList();
        return others.Contains(null) ? null : town.Published(string.Empty, Resolution.Hour, hour) - others.Sum() - Expected(town, target);
    }

    /// <summary>Links the cell with what is known of the target's habits: the same hour of the other days, on which she stayed at home.</summary>
    private static double? Linkage(CyclingTown town, CyclingTown.Target target) =>
        town.Published(CyclingTown.Districts[target.District], Resolution.Hour, HourOf(town, target)) - Expected(town, target);

    /// <summary>What the hour would hold without her: the mean of the same hour on the other days.</summary>
    private static double? Expected(CyclingTown town, CyclingTown.Target target)
    {
        var others = Enumerable.Range(0, town.Edges.Count - 1).Where(d => d != target.Day)
            .Select(d => town.Published(CyclingTown.Districts[target.District], Resolution.Hour, town.Edges[d] + (target.Minute / 60 * Months.Hour)))
            .OfType<double>().ToList();
        return others.Count == 0 ? null : others.Average();
    }

    /// <summary>On an open interface the difference of two windows is her minute; who stood there knows how many others passed in it.</summary>
    private static bool Open(CyclingTown town, CyclingTown.Target target)
    {
        var until = town.Exact(target.District, target.Day, 0, target.Minute + 1);
        var before = town.Exact(target.District, target.Day, 0, target.Minute);
        return until - before > town.OthersInHerMinute(target);
    }

    private static long HourOf(CyclingTown town, CyclingTown.Target target) => town.Edges[target.Day] + (target.Minute / 60 * Months.Hour);
}
