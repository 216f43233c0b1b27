namespace Quartier.Contracts.Readings;

/// <summary>How many samples were refused for one reason.</summary>
[GenerateSerializer, Immutable, Alias("quartier.RefusedCount")]
public readonly record struct RefusedCount(
    [property: Id(0)] RefusalReason Reason,
    [property: Id(1)] long Count);
