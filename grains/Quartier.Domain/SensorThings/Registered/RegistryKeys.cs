using Quartier.Contracts.Registry;

namespace Quartier.Domain.SensorThings.Registered;

/// <summary>
/// What registered things are called among the entities of the SensorThings API. Keys are unique by city and kind: an asset's Thing, Location and
/// FeatureOfInterest have the same.
/// </summary>
public static class RegistryKeys
{
    private const string StreamPrefix = "stream/";

    /// <summary>The gateway of the installation for what is created by the API; its entities are not projected.</summary>
    public const string OwnGateway = "sensorthings";

    /// <summary>The type of the assets that are created by the API; they are not projected.</summary>
    public const string OwnAssetType = "sensorthings-thing";

    /// <summary>The key of an asset.</summary>
    public static string Asset(string asset) => $"asset/{asset}";

    /// <summary>The key of a sensor that is not mounted on an asset, as a Thing.</summary>
    public static string Station(SensorDefinition sensor)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        return $"station/{sensor.Gateway}/{sensor.Id}";
    }

    /// <summary>The key of a sensor as the device that measures.</summary>
    public static string Sensor(SensorDefinition sensor)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        return $"sensor/{sensor.Gateway}/{sensor.Id}";
    }

    /// <summary>The key of a datastream.</summary>
    public static string Stream(SensorDefinition sensor, string property)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        return $"{StreamPrefix}{sensor.Gateway}/{sensor.Id}/{property}";
    }

    /// <summary>The key of an observed property.</summary>
    public static string Property(string property) => $"property/{property}";

    /// <summary>The Thing on which a sensor is: its asset, else itself.</summary>
    public static string Thing(SensorDefinition sensor)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        return sensor.Asset is { } asset ? Asset(asset) : Station(sensor);
    }

    /// <summary>Gateway, sensor and property of a datastream's key; null for any other key.</summary>
    public static (string Gateway, string Sensor, string Property)? ReadStream(string? key) =>
        key is not null && key.StartsWith(StreamPrefix, StringComparison.Ordinal) && key.Split('/') is [_, var gateway, var sensor, var property]
            ? (gateway, sensor, property)
            : null;
}
