using Quartier.Contracts.Districts;
using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

/// <summary>
/// The attacker with a computer algebra system: everything shown is one linear equation over the hours of the cells, without any noise. No cell with too
/// few units may follow from them. Decided by elimination, which knows nothing of how cells are withheld.
/// </summary>
public sealed class ExactDisclosureTests
{
    [Theory]
    [InlineData(CellMeasure.Sum)]
    [InlineData(CellMeasure.People)]
    public void No_small_cell_follows_from_what_is_shown(CellMeasure measure)
    {
        var (small, shown) = (0, 0);
        Seeds.ForAll(
            random =>
            {
                var town = Attack(random, measure);
                small += town.Small;
                shown += town.Shown;
            },
            runs: 600);

        Assert.True(small > 1_000 && shown > 1_000, $"{small} small cells and {shown} shown ones are too few to tell anything.");
    }

    /// <summary>Towns in which days told one another's cells by way of the month, and hours by way of the day.</summary>
    [Theory]
    [InlineData(758294478)]
    [InlineData(1352500500)]
    [InlineData(1596455090)]
    [InlineData(1964506149)]
    public void No_small_cell_follows_by_way_of_a_coarser_one(int seed) => Assert.NotEqual((0, 0), Attack(new Random(seed), CellMeasure.People));

    /// <summary>The same attack succeeds when only small cells themselves are withheld: it is able to find what it looks for.</summary>
    [Fact]
    public void Small_cells_follow_when_only_they_are_withheld()
    {
        var found = 0;
        Seeds.ForAll(
            random =>
            {
                var town = new SmallTown(random, CellMeasure.Sum);
                var cells = Shown(town);
                var space = Known(town, cells.Where(c => town.Units(c) >= Months.Rules.MinimumUnits));
                found += cells.Count(c => town.Units(c) < Months.Rules.MinimumUnits && space.Holds(town.Equation(c)));
            },
            runs: 100);

        Assert.True(found > 50, $"Only {found} small cells were found: the attack is too weak to test anything.");
    }

    private static (int Small, int Shown) Attack(Random random, CellMeasure measure)
    {
        var town = new SmallTown(random, measure);
        var cells = Shown(town);
        var shown = cells.Where(c => c.Withheld == Withholding.None).ToList();
        var small = cells.Where(c => c.Cell.Length > 0 && town.Units(c) < Months.Rules.MinimumUnits).ToList();
        var space = Known(town, shown);
        Assert.All(small, c => Assert.False(space.Holds(town.Equation(c)), $"{c.Cell} {c.Resolution} from {c.StartMs} follows from what is shown."));
        return (small.Count, shown.Count);
    }

    private static List<PublishedCell> Shown(SmallTown town)
    {
        var table = Months.Publish(town.Month);
        var days = table.Cells(Resolution.Day);
        return
        [
            .. table.Cells(Resolution.Hour),
            .. days,
            .. PublishedWeeks.Of(days, [(town.Edges[0], town.Edges[^1]), (town.Edges[0], town.Edges[1])], town.Measure),
            .. table.Cells(Resolution.Month),
        ];
    }

    private static RowSpace Known(SmallTown town, IEnumerable<PublishedCell> cells)
    {
        var space = new RowSpace(town.Unknowns.Count);
        foreach (var cell in cells)
        {
            space.Add(town.Equation(cell));
        }

        return space;
    }
}
