namespace Quartier.Contracts.Registry;

/// <summary>A value that an asset computes whenever one of its inputs changes.</summary>
/// <param name="Name">Used in later expressions, in rules and by readers.</param>
/// <param name="Label">For people.</param>
/// <param name="Unit">UCUM code.</param>
/// <param name="Expression">See docs/asset-types.md for the grammar.</param>
[GenerateSerializer, Immutable, Alias("quartier.ComputedValue")]
public sealed record ComputedValue(
    [property: Id(0)] string Name, [property: Id(1)] BilingualText Label, [property: Id(2)] string Unit, [property: Id(3)] string Expression);
