using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>An infrastructure object; outlives its sensors.</summary>
/// <param name="Id">Unique in the city.</param>
/// <param name="Type">Id of its type.</param>
/// <param name="District">Id of its district.</param>
/// <param name="Name">For people.</param>
/// <param name="Office">Id of the responsible office.</param>
/// <param name="Location">Where it is, or null when unknown.</param>
/// <param name="Attributes">The numbers that its type asks for.</param>
/// <param name="Bindings">Which datastreams feed which input.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetDefinition")]
public sealed record AssetDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Type,
    [property: Id(2)] string District,
    [property: Id(3)] string Name,
    [property: Id(4)] string Office,
    [property: Id(5)] Location? Location,
    [property: Id(6)] ImmutableDictionary<string, double> Attributes,
    [property: Id(7)] ImmutableArray<InputBinding> Bindings);
