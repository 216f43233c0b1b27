namespace Quartier.Api.SensorThings.Writing;

/// <summary>The FeatureOfInterest of which an Observation tells.</summary>
internal sealed record SettledFeature(long Id);
