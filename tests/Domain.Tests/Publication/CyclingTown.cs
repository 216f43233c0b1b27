using Quartier.Contracts.Districts;
using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

/// <summary>
/// A month of people counted in six districts, minute by minute, with individuals planted among them: each passes her district's counter on one known
/// day in one known minute, or stays at home. Which of the two is the secret.
/// </summary>
internal sealed class CyclingTown
{
    private const int Days = 28;
    private const int MinutesOfDay = 24 * 60;

    private readonly int[][] _people;
    private readonly Dictionary<(string Cell, Resolution Resolution, long StartMs), PublishedCell> _published;

    public CyclingTown(Random random, int targets)
    {
        Edges = Months.Edges(2026, 6, Days);
        _people = [.. Districts.Select((_, d) => Enumerable.Range(0, Days * MinutesOfDay).Select(m => PassersBy(random, d, m % MinutesOfDay)).ToArray())];
        Targets =
        [
            .. Enumerable.Range(0, targets).Select(_ =>
                new Target(random.Next(Districts.Length), random.Next(Days), random.Next(6 * 60, 22 * 60), random.Next(2) == 1)),
        ];
        foreach (var target in Targets.Where(t => t.Passed))
        {
            _people[target.District][(target.Day * MinutesOfDay) + target.Minute]++;
        }

        var month = new MonthTable([.. Edges], CellMeasure.People);
        for (var district = 0; district < Districts.Length; district++)
        {
            var start = Edges[0];
            month.AddUnit(Districts[district], [.. _people[district].Chunk(60).Select((hour, h) => Months.Row(start + (h * Months.Hour), hour.Sum(), 60))]);
        }

        var table = Months.Publish(month);
        _published = new[] { Resolution.Hour, Resolution.Day, Resolution.Month }.SelectMany(table.Cells)
            .ToDictionary(c => (c.Cell, c.Resolution, c.StartMs));
    }

    public static string[] Districts { get; } = ["hiltrup", "mitte", "nord", "ost", "suedost", "west"];

    public IReadOnlyList<long> Edges { get; }

    public IReadOnlyList<Target> Targets { get; }

    /// <summary>What anybody can ask: fixed cells, with their noise. Null when withheld.</summary>
    public double? Published(string cell, Resolution resolution, long startMs) =>
        _published.TryGetValue((cell, resolution, startMs), out var found) ? found.Value : null;

    /// <summary>What an open interface would answer: the exact count of any window of minutes.</summary>
    public double Exact(int district, int day, int fromMinute, int toMinute) =>
        _people[district].AsSpan((day * MinutesOfDay) + fromMinute, toMinute - fromMinute).ToArray().Sum();

    public int OthersInHerMinute(Target target) =>
        _people[target.District][(target.Day * MinutesOfDay) + target.Minute] - (target.Passed ? 1 : 0);

    /// <summary>Busy by day and quiet by night; the outskirts (the last two) are so quiet that their hours are withheld.</summary>
    private static int PassersBy(Random random, int district, int minute)
    {
        var byDay = minute is >= 6 * 60 and < 22 * 60;
        var perMinute = (district >= 4 ? 0.08 : 9.0) * (byDay ? 1 : 0.1);
        return Poisson(random, perMinute);
    }

    private static int Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }

    /// <summary>A planted individual.</summary>
    internal sealed record Target(int District, int Day, int Minute, bool Passed);
}
