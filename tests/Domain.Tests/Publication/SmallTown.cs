using Quartier.Contracts.Readings;
using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

/// <summary>A few cells with a few meters on a few days, at random.</summary>
internal sealed class SmallTown
{
    private static readonly int[] HoursWithReadings = [3, 8, 17];

    private readonly List<(string Cell, int Meter, long StartMs, double Value)> _readings = [];

    public SmallTown(Random random, CellMeasure measure)
    {
        Edges = Months.Edges(2026, 6, random.Next(1, 5));
        Month = new MonthTable([.. Edges], measure);
        Measure = measure;
        var cells = random.Next(1, 6);
        for (var cell = 0; cell < cells; cell++)
        {
            var meters = random.Pick(1, 3, 4, 5, 6, 8);
            for (var meter = 0; meter < meters; meter++)
            {
                AddMeter(random, $"c{cell}", meter, random.Pick(50, 90, 100));
            }
        }

        Unknowns = _readings.Select(r => (r.Cell, r.StartMs)).Distinct().Order().ToList();
    }

    public IReadOnlyList<long> Edges { get; }

    public MonthTable Month { get; }

    public CellMeasure Measure { get; }

    /// <summary>The hours of the cells: what an attacker solves for.</summary>
    public IReadOnlyList<(string Cell, long StartMs)> Unknowns { get; }

    /// <summary>The sum that a cell is, as an equation over <see cref="Unknowns"/>.</summary>
    public long[] Equation(PublishedCell cell) => [.. Unknowns.Select(u => IsIn(cell, u.Cell, u.StartMs) ? 1L : 0)];

    public long Units(PublishedCell cell)
    {
        var inside = _readings.Where(r => IsIn(cell, r.Cell, r.StartMs)).ToList();
        return Measure == CellMeasure.People ? (long)inside.Sum(r => r.Value) : inside.Select(r => (r.Cell, r.Meter)).Distinct().Count();
    }

    private static bool IsIn(PublishedCell cell, string id, long startMs) =>
        startMs >= cell.StartMs && startMs < cell.EndMs && (cell.Cell.Length == 0 || cell.Cell == id);

    private void AddMeter(Random random, string cell, int meter, int percent)
    {
        var rows = new List<AggregateRow>();
        for (var day = 0; day + 1 < Edges.Count; day++)
        {
            foreach (var hour in HoursWithReadings.Where(_ => random.Next(100) < percent))
            {
                rows.Add(Months.Row(Edges[day] + (hour * Months.Hour), random.Next(4)));
                _readings.Add((cell, meter, rows[^1].StartMs, rows[^1].Sum));
            }
        }

        Month.AddUnit(cell, rows);
    }
}
