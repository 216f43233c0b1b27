namespace Quartier.Contracts.Registry;

/// <summary>What a gateway calls one of its sensors.</summary>
/// <param name="Name">The device's name in topics: an id, a device EUI, a friendly name.</param>
/// <param name="Sensor">Id of the sensor.</param>
[GenerateSerializer, Immutable, Alias("quartier.DecoderDevice")]
public sealed record DecoderDevice([property: Id(0)] string Name, [property: Id(1)] string Sensor);
