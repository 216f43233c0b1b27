using Quartier.Api.Http;
using Quartier.Contracts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>What counts as now in a city or district.</summary>
internal sealed class CityTime(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Now in each of the districts, in milliseconds since 1970-01-01T00:00:00Z; 0 where a replay has not begun.</summary>
    public async Task<IReadOnlyDictionary<string, long>> NowAsync(
        CityIndex city, IEnumerable<string> districts, CancellationToken cancellationToken)
    {
        var ids = districts.Distinct(StringComparer.Ordinal).ToArray();
        if (city.City.Clock == CityClock.Wall)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            return ids.ToDictionary(id => id, _ => now, StringComparer.Ordinal);
        }

        var times = await FanOut.AllAsync(
            ids,
            id => grains.GetGrain<IDistrictGrain>(GrainKeys.District(city.Id, id)).GetNow(),
            cancellationToken).ConfigureAwait(false);
        return ids.Zip(times).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
    }

    /// <summary>The latest now of all districts.</summary>
    public async Task<long> NowAsync(CityIndex city, CancellationToken cancellationToken)
    {
        var all = await NowAsync(city, city.City.Districts.Select(d => d.Id), cancellationToken).ConfigureAwait(false);
        return all.Values.DefaultIfEmpty().Max();
    }
}
