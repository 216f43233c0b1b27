namespace Quartier.Contracts.Registry;

/// <summary>A named input of an asset type.</summary>
/// <param name="Name">Used in expressions.</param>
/// <param name="Unit">UCUM code.</param>
/// <param name="Many">True when several datastreams feed it; expressions use sum(name), min(name), max(name), count(name).</param>
/// <param name="Optional">True when an asset may leave it unbound.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetInput")]
public sealed record AssetInput([property: Id(0)] string Name, [property: Id(1)] string Unit, [property: Id(2)] bool Many, [property: Id(3)] bool Optional);
