using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Where a question may find its Observation.</summary>
/// <param name="Key">Ids by which the statement asks.</param>
/// <param name="Feature">The feature of which alone its Observations count; null for none.</param>
/// <param name="Source">Whose Observations to look at.</param>
/// <param name="Parts">Values of the condition's parts that do not hang on the Observation.</param>
/// <param name="FromMs">None before this time.</param>
/// <param name="ToMs">None at this time or later.</param>
internal sealed record ReadingCandidate(string Key, long? Feature, ObservationSource Source, ImmutableArray<EntityValue> Parts, long FromMs, long ToMs);
