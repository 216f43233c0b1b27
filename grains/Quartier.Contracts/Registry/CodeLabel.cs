namespace Quartier.Contracts.Registry;

/// <summary>One value of a categorical property: what gateways send, the number stored, and the words for people.</summary>
[GenerateSerializer, Immutable, Alias("quartier.CodeLabel")]
public sealed record CodeLabel([property: Id(0)] string Label, [property: Id(1)] int Code, [property: Id(2)] BilingualText Text);
