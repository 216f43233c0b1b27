namespace Quartier.Contracts.Registry;

/// <summary>Feeds an asset's input from a datastream.</summary>
/// <param name="Input">Name of the type's input.</param>
/// <param name="Gateway">The sensor's gateway.</param>
/// <param name="Sensor">The sensor; it must be mounted on the asset.</param>
/// <param name="Property">The datastream's property.</param>
[GenerateSerializer, Immutable, Alias("quartier.InputBinding")]
public sealed record InputBinding(
    [property: Id(0)] string Input, [property: Id(1)] string Gateway, [property: Id(2)] string Sensor, [property: Id(3)] string Property);
