using System.Collections.Concurrent;
using Quartier.Api.Http;
using Quartier.Contracts;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.SensorThings.Projection;

/// <summary>The reading store's numbers of registered datastreams, asked for at their sensors once: a number is the same for ever.</summary>
internal sealed class DatastreamNumbers(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<(string City, string Gateway, string Sensor, string Property), int> _known = new();

    /// <summary>Learns the numbers of a city's datastreams; false when a sensor has not taken the registry up yet.</summary>
    public async Task<bool> LearnAsync(RegistrySnapshot snapshot, IEnumerable<SensorDefinition> sensors, CancellationToken cancellationToken)
    {
        var unknown = sensors.Where(s => s.Datastreams.Any(d => Of(snapshot.City.Id, s, d.Property) == 0)).ToList();
        var learned = await FanOut.AllAsync(unknown, s => LearnAsync(snapshot, s), cancellationToken).ConfigureAwait(false);
        return Array.TrueForAll(learned, l => l);
    }

    /// <summary>The number; 0 while it is not known.</summary>
    public int Of(string city, SensorDefinition sensor, string property) => _known.GetValueOrDefault((city, sensor.Gateway, sensor.Id, property));

    private async Task<bool> LearnAsync(RegistrySnapshot snapshot, SensorDefinition sensor)
    {
        var city = snapshot.City.Id;
        var grain = grains.GetGrain<ISensorGrain>(GrainKeys.Sensor(city, sensor.Gateway, sensor.Id));
        var state = await grain.GetState().ConfigureAwait(false);
        if (state.RegistryVersion < snapshot.Version)
        {
            await grain.Refresh().ConfigureAwait(false);
            state = await grain.GetState().ConfigureAwait(false);
        }

        if (state.RegistryVersion != snapshot.Version || state.Datastreams.Length != sensor.Datastreams.Length)
        {
            return false;
        }

        for (var i = 0; i < sensor.Datastreams.Length; i++)
        {
            _known[(city, sensor.Gateway, sensor.Id, sensor.Datastreams[i].Property)] = state.Datastreams[i].Number;
        }

        return true;
    }
}
