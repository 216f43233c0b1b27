using System.Collections.Immutable;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>The Observations of a stream that tell of a feature.</summary>
/// <param name="Target">The stream.</param>
/// <param name="TimesMs">Their phenomenon times, of which each is in milliseconds since 1970-01-01T00:00:00Z; empty when none is left.</param>
internal sealed record TellingStream(StreamTarget Target, ImmutableArray<long> TimesMs);
