using System.Runtime.CompilerServices;
using Quartier.Api.Http;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>Finds what an address names, or says what is unknown and what is near.</summary>
internal sealed class CityDirectory(IRegistry registry)
{
    private readonly ConditionalWeakTable<RegistrySnapshot, CityIndex> _indexes = [];

    public IEnumerable<CityIndex> Cities =>
        registry.Cities.Order(StringComparer.Ordinal).Select(registry.Find).OfType<RegistrySnapshot>().Select(IndexOf);

    public Outcome<CityIndex> City(string city) => registry.Find(city) is { } snapshot
        ? IndexOf(snapshot)
        : Problems.Unknown("city", city, registry.Cities, "GET /api/cities lists those that are registered.");

    public static Outcome<DistrictDefinition> District(CityIndex city, string district) => city.Snapshot.District(district) is { } found
        ? found
        : Problems.Unknown(
            "district", district, city.City.Districts.Select(d => d.Id), $"GET /api/cities/{city.Id}/districts lists those of the city.");

    public static Outcome<AssetDefinition> Asset(CityIndex city, string asset) => city.Snapshot.Asset(asset) is { } found
        ? found
        : Problems.Unknown("asset", asset, city.Assets.Keys, $"GET /api/cities/{city.Id}/assets lists those of the city.");

    public static Outcome<SensorDefinition> Sensor(CityIndex city, string gateway, string sensor) =>
        city.Snapshot.Sensor(gateway, sensor) is { } found
            ? found
            : Problems.Unknown(
                "sensor", $"{gateway}/{sensor}", city.Sensors.Keys, $"GET /api/cities/{city.Id}/sensors lists those of the city.");

    public static Outcome<DatastreamDefinition> Datastream(CityIndex city, SensorDefinition sensor, string property) =>
        sensor.Datastreams.FirstOrDefault(d => d.Property == property) is { } found
            ? found
            : Problems.Unknown(
                $"datastream of sensor {CityIndex.KeyOf(sensor)}",
                property,
                sensor.Datastreams.Select(d => d.Property),
                $"GET /api/cities/{city.Id}/sensors/{CityIndex.KeyOf(sensor)} lists them.");

    private CityIndex IndexOf(RegistrySnapshot snapshot) => _indexes.GetValue(snapshot, static s => new CityIndex(s));
}
