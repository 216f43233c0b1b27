using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>
/// What assets of one type have and how their state follows from their sensors' readings. Types are data: a new kind of asset needs no code.
/// </summary>
/// <param name="Id">For example <c>car-park</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Attributes">Names of the numbers that each asset must give, for example <c>capacity</c>.</param>
/// <param name="Inputs">Names of inputs; each is bound to one or, when <see cref="AssetInput.Many"/>, to several datastreams.</param>
/// <param name="Computed">Computed values in order; an expression may use attributes, inputs and earlier computed values.</param>
/// <param name="Statuses">The first status whose condition is not 0 is the asset's; the last has no condition.</param>
/// <param name="Headline">The value that a map shows, one of the inputs or computed values.</param>
/// <param name="Rules">Rules evaluated by the asset's grain on inputs and computed values.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetTypeDefinition")]
public sealed record AssetTypeDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] BilingualText Name,
    [property: Id(2)] ImmutableArray<string> Attributes,
    [property: Id(3)] ImmutableArray<AssetInput> Inputs,
    [property: Id(4)] ImmutableArray<ComputedValue> Computed,
    [property: Id(5)] ImmutableArray<AssetStatus> Statuses,
    [property: Id(6)] string Headline,
    [property: Id(7)] ImmutableArray<RuleDefinition> Rules);
