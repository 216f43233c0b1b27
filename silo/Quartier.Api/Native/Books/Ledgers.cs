using System.Collections.Immutable;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Books;

/// <summary>
/// All books of a city at once. What the endpoint refused before a registered sensor saw it belongs to that sensor, its gateway and its
/// district; what names no registered sensor belongs to the gateway that it named, and to the city.
/// </summary>
internal sealed class Ledgers(CityIndex city, IReadOnlyDictionary<string, SensorBooks> bySensor, ImmutableArray<Refusal> refusals)
{
    public SensorBooks OfCity() => Sum(bySensor.Values.Concat(refusals.Select(Of)));

    public SensorBooks OfDistrict(string district) => Sum(OfSensors(district).Select(p => p.Books));

    public IEnumerable<(string Gateway, SensorBooks Books)> OfGateways()
    {
        var own = bySensor.Select(p => (Gateway: p.Key[..p.Key.IndexOf('/')], Books: p.Value));
        var refused = refusals.Select(r => (r.Gateway, Books: Of(r)));
        var silent = city.City.Gateways.Select(g => (Gateway: g.Id, Books: SensorBooks.Empty));
        return own.Concat(refused).Concat(silent)
            .GroupBy(p => p.Gateway, p => p.Books, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Sum(g)));
    }

    /// <summary>The books of the registered sensors of a district, or of all, in the order of their keys.</summary>
    public IEnumerable<(string Sensor, SensorBooks Books)> OfSensors(string? district)
    {
        var refused = refusals.ToLookup(r => $"{r.Gateway}/{r.Sensor}", StringComparer.Ordinal);
        return city.SensorsOf(district).Keys.Select(
            key => (key, Sum(refused[key].Select(Of).Prepend(bySensor.GetValueOrDefault(key, SensorBooks.Empty)))));
    }

    private static SensorBooks Of(Refusal refusal) => new(refusal.Count, 0, 0, [new(refusal.Reason, refusal.Count)]);

    private static SensorBooks Sum(IEnumerable<SensorBooks> books) => books.Aggregate(SensorBooks.Empty, (sum, b) => sum.Plus(b));
}
