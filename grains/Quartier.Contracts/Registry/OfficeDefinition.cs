namespace Quartier.Contracts.Registry;

/// <summary>An office of the municipality.</summary>
[GenerateSerializer, Immutable, Alias("quartier.OfficeDefinition")]
public sealed record OfficeDefinition([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string Contact);
