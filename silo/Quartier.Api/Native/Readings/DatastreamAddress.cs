using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Readings;

/// <summary>Names a datastream in a route.</summary>
internal sealed record DatastreamAddress(string City, string Gateway, string Sensor, string Property)
{
    public Outcome<(CityIndex City, SensorDefinition Sensor, DatastreamDefinition Datastream)> Find(CityDirectory directory)
    {
        if (!directory.City(City).TryGet(out var city, out var problem)
            || !CityDirectory.Sensor(city, Gateway, Sensor).TryGet(out var sensor, out problem)
            || !CityDirectory.Datastream(city, sensor, Property).TryGet(out var datastream, out problem))
        {
            return problem;
        }

        return (city, sensor, datastream);
    }
}
