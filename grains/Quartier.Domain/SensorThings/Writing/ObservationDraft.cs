using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

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

    /// <summary>The Datastream or MultiDatastream that is to be created with it; null for none.</summary>
    public EntityBody? NewStream { get; init; }

    /// <summary>The Observation within a stream or a FeatureOfInterest, which counts and not what the body says of it.</summary>
    /// <param name="kind">What it is within.</param>
    /// <param name="id">Its id.</param>
    public ObservationDraft Within(EntityKind kind, long id) => kind switch
    {
        EntityKind.Datastream => this with { Datastream = id, MultiDatastream = null },
        EntityKind.MultiDatastream => this with { MultiDatastream = id, Datastream = null },
        _ => this with { Feature = id, NewFeature = null },
    };
}
