namespace Quartier.Contracts.SensorThings;

/// <summary>From when on Observations of a Datastream or MultiDatastream tell of a FeatureOfInterest; the first one holds for all earlier times too.</summary>
/// <param name="FromMs">In milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Feature">Id of the FeatureOfInterest.</param>
public sealed record ObservedFeature(long FromMs, long Feature);
