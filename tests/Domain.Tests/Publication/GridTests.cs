using Quartier.Contracts.Registry;
using Quartier.Domain.Publication;

namespace Domain.Tests.Publication;

public sealed class GridTests
{
    /// <summary>The projection's centre, and the worked example of the EPSG guidance note 7-2 for ETRS89 / LAEA: 50° N 5° E.</summary>
    [Theory]
    [InlineData(10, 52, 4_321_000, 3_210_000)]
    [InlineData(5, 50, 3_962_799.45, 2_999_718.85)]
    public void Position_is_projected_as_published(double longitude, double latitude, double easting, double northing)
    {
        var (east, north) = PublishedGrid.Project(new Location(longitude, latitude));

        Assert.Equal(easting, east, 0.01);
        Assert.Equal(northing, north, 0.01);
    }

    [Fact]
    public void Cell_is_named_by_its_south_west_corner() =>
        Assert.Equal("CRS3035RES1000mN2999000E3962000", PublishedGrid.CellOf(new Location(5, 50), 1_000));

    [Fact]
    public void Neighbours_share_a_cell_and_distant_ones_do_not()
    {
        var home = PublishedGrid.CellOf(new Location(7.6261, 51.9607), 1_000);

        Assert.Equal(home, PublishedGrid.CellOf(new Location(7.6262, 51.9608), 1_000));
        Assert.NotEqual(home, PublishedGrid.CellOf(new Location(7.66, 51.9607), 1_000));
    }
}
