namespace Quartier.Contracts.Registry;

/// <summary>A status that an asset can be in.</summary>
/// <param name="Id">For example <c>closed</c>.</param>
/// <param name="Text">For people.</param>
/// <param name="When">Expression; the status holds when it is not 0. Null for the one that holds otherwise.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetStatus")]
public sealed record AssetStatus([property: Id(0)] string Id, [property: Id(1)] BilingualText Text, [property: Id(2)] string? When);
