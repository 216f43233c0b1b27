namespace Quartier.Contracts.SensorThings;

/// <summary>A span of time in which all Observations of a Datastream or MultiDatastream tell of one FeatureOfInterest.</summary>
/// <param name="Source">The stream.</param>
/// <param name="FromMs">From when, in milliseconds since 1970-01-01T00:00:00Z; <see cref="long.MinValue"/> for all that is earlier too.</param>
/// <param name="ToMs">Until before when; <see cref="long.MaxValue"/> when no end is known.</param>
public sealed record ObservedSpan(ObservationSource Source, long FromMs, long ToMs);
