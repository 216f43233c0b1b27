namespace Quartier.Storage.SensorThings;

/// <summary>An entity outside of Observations that a condition on them names.</summary>
/// <param name="Path">The opened path to it; empty for the entities themselves.</param>
/// <param name="Alias">Its alias.</param>
internal sealed record OuterEntity(string Path, string Alias);
