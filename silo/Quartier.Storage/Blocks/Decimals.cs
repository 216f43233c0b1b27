namespace Quartier.Storage.Blocks;

/// <summary>Numbers as whole multiples of a power of ten, only where that gives the very same double back.</summary>
internal static class Decimals
{
    /// <summary>No power of ten fits.</summary>
    public const int None = -1;

    /// <summary>Most decimal places tried: sensors send fewer, and each costs a multiplication.</summary>
    public const int MostPlaces = 9;

    /// <summary>Whole numbers up to here are exact in a double.</summary>
    private const double Exact = 1L << 53;

    private static readonly double[] s_powers = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>The multiple for that many places, when exact.</summary>
    public static bool TryScale(double value, int places, out long scaled)
    {
        var multiple = Math.Round(value * s_powers[places]);
        if (Math.Abs(multiple) < Exact && BitConverter.DoubleToInt64Bits(Unscale((long)multiple, places)) == BitConverter.DoubleToInt64Bits(value))
        {
            scaled = (long)multiple;
            return true;
        }

        scaled = 0;
        return false;
    }

    /// <summary>The fewest places that fit, or <see cref="None"/>.</summary>
    public static int Places(double value, int atLeast, out long scaled)
    {
        for (var places = atLeast; places <= MostPlaces; places++)
        {
            if (TryScale(value, places, out scaled))
            {
                return places;
            }
        }

        scaled = 0;
        return None;
    }

    /// <summary>Division, not multiplication by a reciprocal: only it is correctly rounded.</summary>
    public static double Unscale(long scaled, int places) => places == 0 ? scaled : scaled / s_powers[places];
}
