using Quartier.Contracts.Readings;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>What a body says of an Observation.</summary>
/// <param name="TimeMs">Phenomenon time, or its start, in milliseconds since 1970-01-01T00:00:00Z; null for the present.</param>
/// <param name="Result">The result.</param>
/// <param name="Datastream">Id of its Datastream; null when none was named.</param>
/// <param name="MultiDatastream">Id of its MultiDatastream; null when none was named.</param>
/// <param name="Feature">Id of its FeatureOfInterest; null when none was named.</param>
/// <param name="NewFeature">The FeatureOfInterest that is to be created with it; null for none.</param>
public sealed record ObservationDraft(
    long? TimeMs, ObservationResult Result, long? Datastream, long? MultiDatastream, long? Feature, EntityBody? NewFeature)
{
    /// <summary>What it holds beside these; null for nothing.</summary>
    public Annotation? Annotation { get; init; }
}
