using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>A city's definition at one version, indexed for look-up. Immutable.</summary>
public sealed class RegistrySnapshot
{
    private readonly FrozenDictionary<string, SensorDefinition> _sensors;
    private readonly FrozenDictionary<string, AssetDefinition> _assets;
    private readonly FrozenDictionary<string, AssetTypeDefinition> _types;
    private readonly FrozenDictionary<string, DistrictDefinition> _districts;
    private readonly FrozenDictionary<string, GatewayDefinition> _gateways;

    /// <summary>Indexes a validated definition.</summary>
    public RegistrySnapshot(CityDefinition city, long version)
    {
        City = city;
        File = city;
        Version = version;
        _sensors = city.Sensors.ToFrozenDictionary(s => $"{s.Gateway}/{s.Id}", StringComparer.Ordinal);
        _assets = city.Assets.ToFrozenDictionary(a => a.Id, StringComparer.Ordinal);
        _types = city.AssetTypes.ToFrozenDictionary(t => t.Id, StringComparer.Ordinal);
        _districts = city.Districts.ToFrozenDictionary(d => d.Id, StringComparer.Ordinal);
        _gateways = city.Gateways.ToFrozenDictionary(g => g.Id, StringComparer.Ordinal);
    }

    /// <summary>The definition.</summary>
    public CityDefinition City { get; }

    /// <summary>1, 2, …</summary>
    public long Version { get; }

    /// <summary>What the city's file alone defines; the same as <see cref="City"/> while nothing is registered beside it.</summary>
    public CityDefinition File { get; init; }

    /// <summary>What is registered beside the file, in the order of kind and key.</summary>
    public ImmutableArray<RegistryAddition> Additions { get; init; } = [];

    /// <summary>The sensor behind the gateway, or null.</summary>
    public SensorDefinition? Sensor(string gateway, string sensor) => _sensors.GetValueOrDefault($"{gateway}/{sensor}");

    /// <summary>The asset, or null.</summary>
    public AssetDefinition? Asset(string id) => _assets.GetValueOrDefault(id);

    /// <summary>The asset type, or null.</summary>
    public AssetTypeDefinition? AssetType(string id) => _types.GetValueOrDefault(id);

    /// <summary>The district, or null.</summary>
    public DistrictDefinition? District(string id) => _districts.GetValueOrDefault(id);

    /// <summary>The gateway, or null.</summary>
    public GatewayDefinition? Gateway(string id) => _gateways.GetValueOrDefault(id);
}
