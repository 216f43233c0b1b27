using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Assets;

/// <summary>One value of an asset.</summary>
/// <param name="TimeMs">Event time of the newest reading in it, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Value">In the unit that the type gives.</param>
/// <param name="Quality">The union of what is held against the readings in it.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetValue")]
public readonly record struct AssetValue([property: Id(0)] long TimeMs, [property: Id(1)] double Value, [property: Id(2)] Quality Quality);
