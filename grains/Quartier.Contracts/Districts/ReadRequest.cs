namespace Quartier.Contracts.Districts;

/// <summary>Someone wants to read.</summary>
/// <param name="Principal">Who; <c>public</c> for everybody, <c>operator</c> for the person at the machine itself.</param>
/// <param name="Sensor">The sensor as <c>gateway/sensor</c>.</param>
/// <param name="Property">The datastream's property.</param>
[GenerateSerializer, Immutable, Alias("quartier.ReadRequest")]
public sealed record ReadRequest([property: Id(0)] string Principal, [property: Id(1)] string Sensor, [property: Id(2)] string Property);
