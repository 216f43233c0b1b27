using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Sensors;

namespace Quartier.Api.Native.Readings;

/// <summary>Opens a datastream for reading: finds it, asks its district, and takes its live state.</summary>
internal sealed class DatastreamReader(CityDirectory directory, Decisions decisions, SensorReader sensors)
{
    /// <summary>After a change of the registry its grains have taken it up within this time.</summary>
    private const int RegistryRetrySeconds = 1;

    public async Task<Outcome<OpenDatastream>> OpenAsync(DatastreamAddress address, HttpContext context)
    {
        if (!address.Find(directory).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var (city, sensor, datastream) = found;
        var withheld = await decisions.WithheldAsync(Caller.Of(context), city, sensor, datastream.Property).ConfigureAwait(false);
        if (withheld is not null)
        {
            return Problems.Forbidden(withheld);
        }

        var twin = await sensors.TwinAsync(city, sensor).ConfigureAwait(false);
        var current = twin.Definition.Datastreams.FirstOrDefault(d => d.Property == datastream.Property);
        return current is not null && twin.Of(current) is { } state
            ? new OpenDatastream(current, state)
            : Problems.Unavailable("The registry is being changed and the sensor has not taken it up yet. Ask again.", RegistryRetrySeconds);
    }
}
