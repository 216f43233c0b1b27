using System.Collections.Immutable;
using Quartier.Contracts.Rules;

namespace Quartier.Contracts.Assets;

/// <summary>What an asset remembers, as it is stored: this and the readings after it give the same state and alerts again.</summary>
/// <param name="Inputs">The newest reading of each bound datastream.</param>
/// <param name="Slopes">Points that slopes are computed from.</param>
/// <param name="Rules">What its rules remember.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetSnapshot")]
public sealed record AssetSnapshot(
    [property: Id(0)] ImmutableArray<AssetInputSnapshot> Inputs,
    [property: Id(1)] ImmutableArray<SlopeSnapshot> Slopes,
    [property: Id(2)] ImmutableArray<RuleSnapshot> Rules);
