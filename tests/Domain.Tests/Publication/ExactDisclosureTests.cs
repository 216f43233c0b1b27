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
                var town = new SmallTown(random, measure);
                var cells = Shown(town);
                var space = Known(town, cells.Where(c => c.Withheld == Withholding.None));
                foreach (var cell in cells.Where(c => c.Cell.Length > 0 && town.Units(c) < Months.Rules.MinimumUnits))
                {
                    small++;
                    Assert.False(space.Holds(town.Equation(cell)), $"{cell.Cell} {cell.Resolution} from {cell.StartMs} follows from what is shown.");
                }

                shown += cells.Count(c => c.Withheld == Withholding.None);
            },
            runs: 600);

        Assert.True(small > 1_000 && shown > 1_000, $"{small} small cells and {shown} shown ones are too few to tell anything.");
    }

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
