using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>
/// What a caller may see of entities. What is hidden is null in the answer, in filters and in orders alike, so that nothing can be
/// found out by asking for it.
/// </summary>
/// <param name="HiddenLocations">Ids of Locations whose geometry is hidden.</param>
/// <param name="HiddenFeatures">Ids of FeaturesOfInterest whose geometry is hidden.</param>
/// <param name="Observations">Decides on Observations that a filter looks into; null when it may look into none.</param>
public sealed record EntitySight(ImmutableHashSet<long> HiddenLocations, ImmutableHashSet<long> HiddenFeatures, IObservationAccess? Observations)
{
    /// <summary>Which FeaturesOfInterest there are where they are looked at by themselves; null for all of them.</summary>
    public FeatureSight? Features { get; init; }

    /// <summary>Everything but Observations.</summary>
    public static EntitySight Entities { get; } = new([], [], null);
}
