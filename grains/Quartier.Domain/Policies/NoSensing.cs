using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Areas in which nothing may measure.</summary>
public static class NoSensing
{
    /// <summary>The zone in which the sensor stands (its own position, else its asset's); null when it stands in none or its position is unknown.</summary>
    /// <param name="zones">Those in force.</param>
    /// <param name="sensor">The sensor.</param>
    /// <param name="registry">Where its asset is registered.</param>
    public static NoSensingZone? Around(ImmutableArray<NoSensingZone> zones, SensorDefinition sensor, RegistrySnapshot registry)
    {
        if (zones.IsEmpty || SensorPlace.Of(sensor, registry) is not { } at)
        {
            return null;
        }

        return zones.FirstOrDefault(z => Ring.Contains(z.Outline, at));
    }
}
