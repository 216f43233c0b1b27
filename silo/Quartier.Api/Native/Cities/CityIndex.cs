using System.Collections.Frozen;
using Quartier.Contracts.Registry;
using Quartier.Domain.Assets;

namespace Quartier.Api.Native.Cities;

/// <summary>A registry snapshot in the orders in which the API reads it. Immutable; made once for each snapshot.</summary>
internal sealed class CityIndex
{
    private readonly FrozenDictionary<string, SortedByKey<SensorDefinition>> _sensorsByDistrict;
    private readonly FrozenDictionary<string, SortedByKey<SensorDefinition>> _sensorsByAsset;
    private readonly FrozenDictionary<string, SortedByKey<AssetDefinition>> _assetsByDistrict;
    private readonly FrozenDictionary<string, ValueSources> _sourcesByType;

    public CityIndex(RegistrySnapshot snapshot)
    {
        Snapshot = snapshot;
        var city = snapshot.City;
        Sensors = new(city.Sensors, KeyOf);
        Assets = new(city.Assets, a => a.Id);
        _sensorsByDistrict = Group(city.Sensors, s => s.District, KeyOf);
        _sensorsByAsset = Group(city.Sensors.Where(s => s.Asset is not null), s => s.Asset!, KeyOf);
        _assetsByDistrict = Group(city.Assets, a => a.District, a => a.Id);
        _sourcesByType = city.AssetTypes.ToFrozenDictionary(t => t.Id, t => new ValueSources(t), StringComparer.Ordinal);
    }

    public RegistrySnapshot Snapshot { get; }

    public string Id => Snapshot.City.Id;

    public CityDefinition City => Snapshot.City;

    public SortedByKey<SensorDefinition> Sensors { get; }

    public SortedByKey<AssetDefinition> Assets { get; }

    /// <summary>A sensor's key within its city, <c>gateway/sensor</c>.</summary>
    public static string KeyOf(SensorDefinition sensor) => $"{sensor.Gateway}/{sensor.Id}";

    /// <summary>The sensors of a district, or all for null.</summary>
    public SortedByKey<SensorDefinition> SensorsOf(string? district) => district is null ? Sensors : Of(_sensorsByDistrict, district);

    /// <summary>The assets of a district, or all for null.</summary>
    public SortedByKey<AssetDefinition> AssetsOf(string? district) => district is null ? Assets : Of(_assetsByDistrict, district);

    public SortedByKey<SensorDefinition> MountedOn(string asset) => Of(_sensorsByAsset, asset);

    /// <summary>What the values of a type's assets are made of; null for a type that is not registered.</summary>
    public ValueSources? SourcesOf(string type) => _sourcesByType.GetValueOrDefault(type);

    private static SortedByKey<T> Of<T>(FrozenDictionary<string, SortedByKey<T>> groups, string key) =>
        groups.GetValueOrDefault(key) ?? SortedByKey<T>.Empty;

    private static FrozenDictionary<string, SortedByKey<T>> Group<T>(IEnumerable<T> items, Func<T, string> group, Func<T, string> key) =>
        items.GroupBy(group, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => new SortedByKey<T>(g, key), StringComparer.Ordinal);
}
