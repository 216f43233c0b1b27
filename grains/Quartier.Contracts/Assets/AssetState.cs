using System.Collections.Immutable;

namespace Quartier.Contracts.Assets;

/// <summary>An asset's live state.</summary>
/// <param name="TimeMs">Event time of the newest input, in milliseconds since 1970-01-01T00:00:00Z; 0 when there was none yet.</param>
/// <param name="Status">Id of the status that holds; null while an input that it needs is missing.</param>
/// <param name="Values">Inputs and computed values that are known, by name.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetState")]
public sealed record AssetState(
    [property: Id(0)] long TimeMs,
    [property: Id(1)] string? Status,
    [property: Id(2)] ImmutableSortedDictionary<string, AssetValue> Values);
