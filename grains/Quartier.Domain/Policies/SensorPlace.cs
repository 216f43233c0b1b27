using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Where a sensor measures.</summary>
internal static class SensorPlace
{
    /// <summary>The sensor's own position, else that of the asset on which it is mounted; null when neither is known.</summary>
    public static Location? Of(SensorDefinition sensor, RegistrySnapshot registry) =>
        sensor.Location ?? (sensor.Asset is { } asset ? registry.Asset(asset)?.Location : null);
}
