namespace Quartier.Contracts.Registry;

/// <summary>What can be registered beside a city's file.</summary>
public enum RegistryAdditionKind : byte
{
    /// <summary>An asset.</summary>
    Asset = 0,

    /// <summary>A sensor with its datastreams.</summary>
    Sensor = 1,
}
