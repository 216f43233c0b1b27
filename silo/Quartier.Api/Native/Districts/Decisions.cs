using System.Collections.Concurrent;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Districts;

/// <summary>The districts' decisions within one request: each is asked for once, and none outlives the request.</summary>
internal sealed class Decisions(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<(string District, string Sensor, string Property), Task<ReadDecision>> _decided = new();

    /// <summary>Whether the caller may read the datastream's values.</summary>
    public Task<ReadDecision> AskAsync(Caller caller, CityIndex city, SensorDefinition sensor, string property) =>
        AskAsync(caller, GrainKeys.District(city.Id, sensor.District), CityIndex.KeyOf(sensor), property);

    /// <summary>The same for a sensor that is known by its key only.</summary>
    public Task<ReadDecision> AskAsync(Caller caller, string districtKey, string sensor, string property) => _decided.GetOrAdd(
        (districtKey, sensor, property),
        static (key, asked) =>
            asked.grains.GetGrain<IDistrictGrain>(key.District).Authorize(
                new ReadRequest(asked.caller.Principal, asked.caller.Purpose, key.Sensor, key.Property, Resolution.Raw, ReadScope.Sensor)),
        (grains, caller));

    /// <summary>Why the caller may not read the datastream's values; null when they may.</summary>
    public async Task<string?> WithheldAsync(Caller caller, CityIndex city, SensorDefinition sensor, string property)
    {
        var decision = await AskAsync(caller, city, sensor, property).ConfigureAwait(false);
        return decision.Permitted ? null : decision.Explanation.En;
    }
}
