using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Sensors;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Readings;

/// <summary>Opens a datastream for reading: finds it, asks its district, and takes its live state.</summary>
internal sealed class DatastreamReader(CityDirectory directory, Decisions decisions, SensorReader sensors)
{
    /// <summary>After a change of the registry its grains have taken it up within this time.</summary>
    private const int RegistryRetrySeconds = 1;

    public async Task<Outcome<OpenDatastream>> OpenAsync(DatastreamAddress address, HttpContext context, Resolution resolution, long rows = 1)
    {
        if (!address.Find(directory).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var (city, sensor, datastream) = found;
        return await OpenAsync(context, city, sensor, datastream, resolution, rows).ConfigureAwait(false);
    }

    /// <summary>The same for a datastream that has been found.</summary>
    public async Task<Outcome<OpenDatastream>> OpenAsync(
        HttpContext context, CityIndex city, SensorDefinition sensor, DatastreamDefinition datastream, Resolution resolution, long rows)
    {
        var (caller, cancellationToken) = (Caller.Of(context), context.RequestAborted);
        var name = Decisions.Name(sensor, datastream.Property);
        await decisions.PrepareAsync(caller, city, [(sensor.District, name)], resolution, cancellationToken, rows).ConfigureAwait(false);
        var decision = await decisions.AskAsync(caller, city, sensor.District, name, resolution).ConfigureAwait(false);
        if (!decision.Permitted)
        {
            return Denials.Problem(caller, city.Id, name, resolution, decision, decisions.Words(decision.Explanation));
        }

        var twin = await sensors.TwinAsync(city, sensor).ConfigureAwait(false);
        var current = twin.Definition.Datastreams.FirstOrDefault(d => d.Property == datastream.Property);
        return current is not null && twin.Of(current) is { } state
            ? new OpenDatastream(current, state, decision, name, sensor.District)
            : Problems.Unavailable("The registry is being changed and the sensor has not taken it up yet. Ask again.", RegistryRetrySeconds);
    }
}
