namespace Quartier.Api.SensorThings.Writing;

/// <summary>An Observation that names a FeatureOfInterest that exists.</summary>
internal readonly record struct NamingObservation(PostedObservation Observation, long TimeMs, long Feature);
