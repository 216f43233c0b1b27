using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Books;

/// <summary>Asks the districts and the city for their books.</summary>
internal sealed class BooksReader(IGrainFactory grains)
{
    public async Task<(Ledgers Ledgers, ImmutableArray<Refusal> Refusals)> ReadAsync(CityIndex city, CancellationToken cancellationToken)
    {
        var refusals = await grains.GetGrain<ICityGrain>(city.Id).GetRefusals().WaitAsync(cancellationToken).ConfigureAwait(false);
        var districts = await FanOut.AllAsync(
            city.City.Districts,
            d => grains.GetGrain<IDistrictGrain>(GrainKeys.District(city.Id, d.Id)).GetBooks(),
            cancellationToken).ConfigureAwait(false);
        var prefix = city.Id + "/";
        var bySensor = new Dictionary<string, SensorBooks>(StringComparer.Ordinal);
        foreach (var (key, books) in districts.SelectMany(d => d))
        {
            // A grain's key has the city in front.
            var sensor = key.Count(c => c == '/') == 2 && key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : key;
            bySensor[sensor] = bySensor.TryGetValue(sensor, out var sum) ? sum.Plus(books) : books;
        }

        return (new(city, bySensor, refusals.Entries), refusals.Entries);
    }
}
