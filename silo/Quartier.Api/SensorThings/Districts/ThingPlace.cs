using System.Collections.Immutable;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>Where something is, and was.</summary>
/// <param name="Locations">Ids of Locations.</param>
/// <param name="Features">Ids of FeaturesOfInterest.</param>
internal sealed record ThingPlace(ImmutableHashSet<long> Locations, ImmutableHashSet<long> Features);
