using Quartier.Contracts.Districts;
using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

public sealed class PublishedTableTests
{
    [Fact]
    public void Cell_with_fewer_units_than_the_minimum_is_withheld_and_another_with_it()
    {
        var month = Meters(("a", 4), ("b", 6), ("c", 9));

        var days = FirstDay(Months.Publish(month));

        Assert.Equal(Withholding.TooFewUnits, days.Single(c => c.Cell == "a").Withheld);
        Assert.Equal(Withholding.Complement, days.Single(c => c.Cell == "b").Withheld);
        Assert.Equal(Withholding.None, days.Single(c => c.Cell == "c").Withheld);
        Assert.Equal(Withholding.None, days.Single(c => c.Cell.Length == 0).Withheld);
        Assert.Null(days.Single(c => c.Cell == "a").Value);
        Assert.Null(days.Single(c => c.Cell == "a").Units);
        Assert.Equal(9, days.Single(c => c.Cell == "c").Units);
    }

    [Fact]
    public void Total_is_withheld_when_nothing_else_can_protect_a_cell()
    {
        var days = Months.Publish(Meters(("a", 4), ("b", 0), ("c", 0))).Cells(Resolution.Day);

        Assert.All(days, c => Assert.Equal(Withholding.TooFewUnits, c.Withheld));
    }

    [Fact]
    public void Sum_is_within_its_noise_and_the_same_whenever_it_is_asked_for()
    {
        var first = Months.Publish(Meters(("a", 6), ("b", 7)));
        var again = Months.Publish(Meters(("a", 6), ("b", 7)));

        var cell = FirstDay(first).Single(c => c.Cell == "a");
        Assert.InRange(cell.Value!.Value, 600 - 100, 600 + 100);
        Assert.Equal(first.Cells(Resolution.Day), again.Cells(Resolution.Day));
        Assert.Equal(first.Cells(Resolution.Hour), again.Cells(Resolution.Hour));
    }

    [Fact]
    public void Count_of_people_is_rounded_and_never_negative()
    {
        var month = new MonthTable(Months.Edges(2026, 6, 30), CellMeasure.People);
        month.AddUnit("a", [.. Enumerable.Range(0, 24 * 30).Select(h => Months.Row(Months.Edges(2026, 6, 1)[0] + (h * Months.Hour), 6))]);
        month.AddUnit("b", [.. Enumerable.Range(0, 24 * 30).Select(h => Months.Row(Months.Edges(2026, 6, 1)[0] + (h * Months.Hour), 200))]);

        var hours = Months.Publish(month, Months.Rules with { RoundTo = 3 }).Cells(Resolution.Hour);

        Assert.All(hours, c => Assert.Equal(0, c.Value!.Value % 3));
        Assert.All(hours, c => Assert.True(c.Value >= 0));
        Assert.Contains(hours, c => c.Cell == "a" && c.Value < 6);
        Assert.Contains(hours, c => c.Cell == "a" && c.Value > 6);
        Assert.All(hours, c => Assert.Null(c.Units));
    }

    [Fact]
    public void Hours_of_a_day_are_shown_together_or_not_at_all()
    {
        var start = Months.Edges(2026, 6, 1)[0];
        var month = new MonthTable(Months.Edges(2026, 6, 2), CellMeasure.People);
        month.AddUnit("a", [.. Enumerable.Range(0, 48).Select(h => Months.Row(start + (h * Months.Hour), h == 3 ? 1 : 40))]);
        month.AddUnit("b", [.. Enumerable.Range(0, 48).Select(h => Months.Row(start + (h * Months.Hour), 90))]);
        month.AddUnit("c", [.. Enumerable.Range(0, 48).Select(h => Months.Row(start + (h * Months.Hour), 95))]);

        var table = Months.Publish(month);

        var first = table.Cells(Resolution.Hour).Where(c => c.Cell == "a" && c.StartMs < start + (24 * Months.Hour)).ToList();
        Assert.Equal(24, first.Count);
        Assert.All(first, c => Assert.Equal(Withholding.TooFewUnits, c.Withheld));
        Assert.All(table.Cells(Resolution.Hour).Where(c => c.Cell == "a").Except(first), c => Assert.Equal(Withholding.None, c.Withheld));
        Assert.All(table.Cells(Resolution.Day), c => Assert.Equal(Withholding.None, c.Withheld));
    }

    [Fact]
    public void Cell_is_open_until_a_day_after_its_end()
    {
        var month = Meters(("a", 6), ("b", 7));
        var end = Months.Edges(2026, 6, 2)[1];
        var day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

        Assert.All(Months.Publish(month, nowMs: end + day - 1).Cells(Resolution.Day).Where(c => c.EndMs == end), c => Assert.Equal(Withholding.Open, c.Withheld));
        Assert.All(Months.Publish(month, nowMs: end + day).Cells(Resolution.Day).Where(c => c.EndMs == end), c => Assert.Equal(Withholding.None, c.Withheld));
        Assert.All(Months.Publish(month, nowMs: end + day).Cells(Resolution.Month), c => Assert.Equal(Withholding.Open, c.Withheld));
    }

    [Fact]
    public void Week_is_the_sum_of_its_days_and_is_withheld_with_one_of_them()
    {
        var edges = Months.Edges(2026, 6, 7);
        var month = new MonthTable(edges, CellMeasure.Sum);
        for (var unit = 0; unit < 12; unit++)
        {
            var days = unit < 5 ? edges.Take(7) : edges.Take(6);
            month.AddUnit(unit < 6 ? "a" : "b", [.. days.Select(d => Months.Row(d, 10))]);
        }

        var published = Months.Publish(month).Cells(Resolution.Day);
        var weeks = PublishedWeeks.Of(published, [(edges[0], edges[7])], CellMeasure.Sum);
        var sixDays = PublishedWeeks.Of(published, [(edges[0], edges[6])], CellMeasure.Sum);

        Assert.Equal(published.Where(d => d.Cell == "a").Sum(d => d.Value), weeks.Single(w => w.Cell == "a").Value);
        Assert.Equal(5, weeks.Single(w => w.Cell == "a").Units);
        Assert.Equal(6, sixDays.Single(w => w.Cell == "b").Units);
    }

    [Fact]
    public void Cohorts_are_compared_per_meter_on_published_cells_alone()
    {
        var days = Months.Publish(Meters(("a", 6), ("b", 12), ("c", 1), ("d", 5))).Cells(Resolution.Day);

        var rows = Cohorts.Compare(days, "a", "b", CellMeasure.Sum);
        var hidden = Cohorts.Compare(days, "c", "b", CellMeasure.Sum);

        var (a, b) = (days.First(c => c.Cell == "a"), days.First(c => c.Cell == "b"));
        Assert.Equal(a.Value / 6, rows[0].First);
        Assert.Equal(b.Value / 12, rows[0].Second);
        Assert.Equal((b.Value / 12) - (a.Value / 6), rows[0].Difference);
        Assert.All(hidden, r => Assert.Null(r.First));
        Assert.All(hidden, r => Assert.Null(r.Difference));
    }

    private static List<PublishedCell> FirstDay(PublishedTable table) =>
        [.. table.Cells(Resolution.Day).Where(c => c.StartMs == Months.Edges(2026, 6, 1)[0])];

    /// <summary>Meters of 100 each, on the first two days of June.</summary>
    private static MonthTable Meters(params (string Cell, int Meters)[] cells)
    {
        var edges = Months.Edges(2026, 6, 30);
        var month = new MonthTable(edges, CellMeasure.Sum);
        foreach (var (cell, meters) in cells)
        {
            for (var i = 0; i < meters; i++)
            {
                month.AddUnit(cell, [Months.Row(edges[0] + (8 * Months.Hour), 100), Months.Row(edges[1] + (8 * Months.Hour), 100)]);
            }
        }

        return month;
    }
}
