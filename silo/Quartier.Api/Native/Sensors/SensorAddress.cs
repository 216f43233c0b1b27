using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Sensors;

/// <summary>Names a sensor in a route.</summary>
internal sealed record SensorAddress(string City, string Gateway, string Sensor)
{
    public Outcome<(CityIndex City, SensorDefinition Sensor)> Find(CityDirectory directory)
    {
        if (!directory.City(City).TryGet(out var city, out var problem)
            || !CityDirectory.Sensor(city, Gateway, Sensor).TryGet(out var sensor, out problem))
        {
            return problem;
        }

        return (city, sensor);
    }
}
