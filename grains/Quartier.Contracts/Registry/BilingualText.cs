namespace Quartier.Contracts.Registry;

/// <summary>A text for people, in both languages of the product.</summary>
[GenerateSerializer, Immutable, Alias("quartier.BilingualText")]
public sealed record BilingualText([property: Id(0)] string De, [property: Id(1)] string En);
