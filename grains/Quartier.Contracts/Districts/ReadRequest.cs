using Quartier.Contracts.Principals;

namespace Quartier.Contracts.Districts;

/// <summary>Someone wants to read a datastream.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Purpose">Id of the purpose; null when none was stated.</param>
/// <param name="Sensor">The sensor as <c>gateway/sensor</c>.</param>
/// <param name="Property">The datastream's property.</param>
/// <param name="Resolution">How fine.</param>
/// <param name="Scope">One sensor, or aggregates over cells.</param>
[GenerateSerializer, Immutable, Alias("quartier.ReadRequest")]
public sealed record ReadRequest(
    [property: Id(0)] Principal Principal,
    [property: Id(1)] string? Purpose,
    [property: Id(2)] string Sensor,
    [property: Id(3)] string Property,
    [property: Id(4)] Resolution Resolution,
    [property: Id(5)] ReadScope Scope);
