using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>A closed ring of positions.</summary>
public static class Ring
{
    /// <summary>
    /// Whether the position lies inside or on the ring: crossings of a ray with its edges (even-odd rule), degrees taken as plane coordinates,
    /// which is exact enough for the size of a city. On the edge counts as inside.
    /// </summary>
    public static bool Contains(ImmutableArray<Location> ring, Location at)
    {
        var inside = false;
        for (var i = 1; i < ring.Length; i++)
        {
            var (a, b) = (ring[i - 1], ring[i]);
            if (IsOnEdge(a, b, at))
            {
                return true;
            }

            if (a.Latitude > at.Latitude != b.Latitude > at.Latitude
                && at.Longitude < a.Longitude + ((b.Longitude - a.Longitude) * (at.Latitude - a.Latitude) / (b.Latitude - a.Latitude)))
            {
                inside = !inside;
            }
        }

        return inside;
    }

    private static bool IsOnEdge(Location a, Location b, Location at)
    {
        var cross = ((b.Longitude - a.Longitude) * (at.Latitude - a.Latitude)) - ((b.Latitude - a.Latitude) * (at.Longitude - a.Longitude));
        return cross == 0
            && at.Longitude >= Math.Min(a.Longitude, b.Longitude) && at.Longitude <= Math.Max(a.Longitude, b.Longitude)
            && at.Latitude >= Math.Min(a.Latitude, b.Latitude) && at.Latitude <= Math.Max(a.Latitude, b.Latitude);
    }
}
