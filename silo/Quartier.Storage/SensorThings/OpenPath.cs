namespace Quartier.Storage.SensorThings;

/// <summary>A path through to-many relations that a surrounding EXISTS has opened.</summary>
/// <param name="Parent">The opened path from which it goes on; empty from the entities themselves.</param>
/// <param name="From">What was joined for it.</param>
/// <param name="IsFeature">Whether it leads from a FeatureOfInterest through Observations, which no join can follow.</param>
internal sealed record OpenPath(string Parent, SqlFrom From, bool IsFeature = false);
