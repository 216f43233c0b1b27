using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>A path to Observations of one kind of sources.</summary>
/// <param name="Path">Its steps.</param>
/// <param name="Kind">Of the sources.</param>
/// <param name="NamesFeature">Whether it counts of which feature an Observation tells, and the way did not come from it.</param>
internal sealed record ObservedWay(Navigation[] Path, EntityKind Kind, bool NamesFeature);
