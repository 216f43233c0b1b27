using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>
/// Which FeaturesOfInterest there are for a caller: those of the registry, those that were created by themselves and of which no Observation tells, and those
/// of which Observations of a stream tell that the caller may know. What else was made with an Observation is as little there as the Observation.
/// </summary>
/// <param name="Denied">Streams whose Observations the caller may not know.</param>
/// <param name="Cities">Cities of which the caller sees every feature.</param>
public sealed record FeatureSight(ImmutableHashSet<(EntityKind Kind, long Id)> Denied, ImmutableHashSet<string> Cities);
