using Quartier.Contracts.Districts;
using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

/// <summary>What was published stays as it was, and what came later cannot be told from it.</summary>
public sealed class StablePublicationTests
{
    private static readonly long[] Edges = [.. Months.Edges(2026, 6, 3)];

    [Theory]
    [InlineData(CellMeasure.Sum)]
    [InlineData(CellMeasure.Mean)]
    [InlineData(CellMeasure.People)]
    public void Late_readings_change_no_published_day_and_withhold_the_sums_that_would_tell_them(CellMeasure measure)
    {
        var first = Months.Publish(Month(measure, late: 0));
        Assert.Equal(3, first.Closed.Count);
        var kept = first.Closed.Select(d => PublishedText.ReadDay(PublishedText.Write(d))).ToDictionary(d => d.StartMs);

        var second = PublishedTable.Of(Month(measure, late: 500), Months.Rules, Months.Keys, Months.LongAfter, kept);

        Assert.Empty(second.Closed);
        Assert.Equal(first.Cells(Resolution.Day), second.Cells(Resolution.Day));
        Assert.Equal(first.Cells(Resolution.Hour), second.Cells(Resolution.Hour));
        var month = second.Cells(Resolution.Month).ToDictionary(c => c.Cell, c => c.Withheld);
        Assert.Equal(Withholding.ChangedSince, month["a"]);
        Assert.Equal(Withholding.ChangedSince, month[string.Empty]);
        Assert.Equal(Withholding.None, month["b"]);
        Assert.Equal(first.Cells(Resolution.Month).Single(c => c.Cell == "b"), second.Cells(Resolution.Month).Single(c => c.Cell == "b"));
    }

    [Fact]
    public void Without_late_readings_the_month_is_the_same_from_kept_days()
    {
        var first = Months.Publish(Month(CellMeasure.Sum, late: 0));
        var again = PublishedTable.Of(Month(CellMeasure.Sum, late: 0), Months.Rules, Months.Keys, Months.LongAfter, first.Closed.ToDictionary(d => d.StartMs));
        Assert.Equal(first.Cells(Resolution.Month), again.Cells(Resolution.Month));
        Assert.All(again.Cells(Resolution.Month), c => Assert.Equal(Withholding.None, c.Withheld));
        var restored = PublishedTable.Restore(first.Closed.Reverse(), PublishedText.ReadMonth(PublishedText.Write([.. first.Cells(Resolution.Month)])));
        Assert.All((Resolution[])[Resolution.Hour, Resolution.Day, Resolution.Month], r => Assert.Equal(first.Cells(r), restored.Cells(r)));
    }

    [Fact]
    public void Cell_that_was_not_there_when_its_days_were_published_is_withheld_with_the_total()
    {
        var first = Months.Publish(Month(CellMeasure.Sum, late: 0));
        var later = Month(CellMeasure.Sum, late: 0);
        for (var unit = 0; unit < 9; unit++)
        {
            later.AddUnit("new", [Months.Row(Edges[0] + (8 * Months.Hour), 70)]);
        }

        var second = PublishedTable.Of(later, Months.Rules, Months.Keys, Months.LongAfter, first.Closed.ToDictionary(d => d.StartMs));
        Assert.DoesNotContain(second.Cells(Resolution.Day), c => c.Cell == "new");
        Assert.Equal(Withholding.ChangedSince, second.Cells(Resolution.Month).Single(c => c.Cell.Length == 0).Withheld);
    }

    [Fact]
    public void Only_what_is_over_and_holds_something_is_to_be_kept()
    {
        var nowMs = Edges[1] + (long)PublishedTable.ClosedAfter.TotalMilliseconds;
        Assert.Equal([Edges[0]], Months.Publish(Month(CellMeasure.Sum, late: 0), nowMs: nowMs).Closed.Select(d => d.StartMs));
        Assert.Empty(Months.Publish(new MonthTable([.. Edges], CellMeasure.Sum)).Closed);
    }

    [Fact]
    public void Kept_days_hold_no_sum_of_a_withheld_cell_and_no_fingerprint_that_others_could_make()
    {
        var month = Month(CellMeasure.Sum, late: 0);
        month.AddUnit("tiny", [Months.Row(Edges[0] + (8 * Months.Hour), 81_726_354)]);
        var day = Months.Publish(month).Closed[0];
        Assert.Null(day.Day.Single(c => c.Cell == "tiny").Value);
        Assert.NotEqual(day.Inputs["tiny"], new CellKeys(new byte[32], "bicycles/total").Fingerprint("tiny", Edges[0], 1, 81_726_354));
        Assert.Equal(day.Inputs["tiny"], Months.Keys.Fingerprint("tiny", Edges[0], 1, 81_726_354));
    }

    [Fact]
    public void Bytes_that_are_no_table_are_named()
    {
        Assert.Throws<InvalidDataException>(() => PublishedText.ReadDay(new byte[] { 1, 2, 3 }));
    }

    /// <summary>Two cells of nine units in three days; the late ones all come to the first unit of cell a.</summary>
    private static MonthTable Month(CellMeasure measure, double late)
    {
        var month = new MonthTable([.. Edges], measure);
        for (var unit = 0; unit < 18; unit++)
        {
            var extra = unit == 0 ? late : 0;
            month.AddUnit(unit < 9 ? "a" : "b", [.. Edges.Take(3).Select((day, i) => Months.Row(day + (8 * Months.Hour), 100 + unit + (i == 1 ? extra : 0)))]);
        }

        return month;
    }
}
