using System.Collections.Immutable;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Registers;

namespace Quartier.Domain.SensorThings.Registered;

/// <summary>
/// The entities that follow from a city's registry and policies (OGC 18-088, 8.2): assets and stations are Things, sensors Sensors, datastreams
/// Datastreams. A pure function: the same configuration gives the same entities.
/// </summary>
public static class RegisteredEntities
{
    /// <summary>All entities of a city.</summary>
    /// <param name="basis">What is registered and in force.</param>
    /// <param name="number">The reading store's number of a datastream; 0 while it has none, then it is left out.</param>
    public static ImmutableArray<RegisteredEntity> Of(RegisterBasis basis, Func<SensorDefinition, int, int> number)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(number);
        var city = basis.Registry.City;
        var sensors = city.Sensors.Where(s => !Is(s.Gateway, RegistryKeys.OwnGateway)).ToList();
        var things = new ThingEntities(basis.Registry);
        var streams = new StreamEntities(basis);
        var found = ImmutableArray.CreateBuilder<RegisteredEntity>();
        foreach (var asset in city.Assets.Where(a => !Is(a.Type, RegistryKeys.OwnAssetType)))
        {
            found.AddRange(things.Of(asset));
        }

        foreach (var sensor in sensors.Where(s => s.Asset is null))
        {
            found.AddRange(things.Of(sensor));
        }

        found.AddRange(streams.Properties(sensors));
        foreach (var sensor in sensors)
        {
            found.Add(streams.Sensor(sensor));
            for (var i = 0; i < sensor.Datastreams.Length; i++)
            {
                if (number(sensor, i) is > 0 and var known)
                {
                    found.Add(streams.Datastream(sensor, sensor.Datastreams[i], known));
                }
            }
        }

        return found.ToImmutable();
    }

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
