using Quartier.Contracts.Registry;

namespace Quartier.Domain.Publication;

/// <summary>
/// The published grid: that of the German and European geographical grids (INSPIRE, EPSG:3035, Lambert azimuthal equal area around 52° N 10° E on GRS 80).
/// Formulas: Snyder, Map Projections: A Working Manual, 1987, pages 187 to 188; WGS 84 is taken for ETRS 89, which differs by less than a metre.
/// </summary>
public static class PublishedGrid
{
    private const double FalseEasting = 4_321_000;
    private const double FalseNorthing = 3_210_000;
    private const double A = 6_378_137;
    private const double Flattening = 1 / 298.257222101;
    private const double DegreesToRadians = Math.PI / 180;

    private static readonly double E2 = Flattening * (2 - Flattening);
    private static readonly double E = Math.Sqrt(E2);
    private static readonly double QPole = Q(1);
    private static readonly double Radius = A * Math.Sqrt(QPole / 2);
    private static readonly double SinBeta0 = Q(Math.Sin(52 * DegreesToRadians)) / QPole;
    private static readonly double CosBeta0 = Math.Sqrt(1 - (SinBeta0 * SinBeta0));
    private static readonly double Scale = A * M(52 * DegreesToRadians) / (Radius * CosBeta0);

    /// <summary>Id of the cell that holds a position, such as <c>CRS3035RES1000mN3209000E4161000</c>: the south-west corner of the cell.</summary>
    /// <param name="position">Somewhere in Europe.</param>
    /// <param name="sideMetres">Side of a cell; at least 1.</param>
    public static string CellOf(Location position, int sideMetres)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sideMetres, 1);
        var (easting, northing) = Project(position);
        var east = (long)Math.Floor(easting / sideMetres) * sideMetres;
        var north = (long)Math.Floor(northing / sideMetres) * sideMetres;
        return FormattableString.Invariant($"CRS3035RES{sideMetres}mN{north}E{east}");
    }

    /// <summary>Projects a position to metres east and north.</summary>
    public static (double Easting, double Northing) Project(Location position)
    {
        var beta = Math.Asin(Q(Math.Sin(position.Latitude * DegreesToRadians)) / QPole);
        var east = (position.Longitude - 10) * DegreesToRadians;
        var (sin, cos) = Math.SinCos(beta);
        var b = Radius * Math.Sqrt(2 / (1 + (SinBeta0 * sin) + (CosBeta0 * cos * Math.Cos(east))));
        return (
            FalseEasting + (b * Scale * cos * Math.Sin(east)),
            FalseNorthing + (b / Scale * ((CosBeta0 * sin) - (SinBeta0 * cos * Math.Cos(east)))));
    }

    private static double Q(double sine) => (1 - E2) * ((sine / (1 - (E2 * sine * sine))) - (Math.Log((1 - (E * sine)) / (1 + (E * sine))) / (2 * E)));

    private static double M(double latitude)
    {
        var (sin, cos) = Math.SinCos(latitude);
        return cos / Math.Sqrt(1 - (E2 * sin * sin));
    }
}
