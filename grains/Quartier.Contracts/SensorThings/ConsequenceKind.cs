namespace Quartier.Contracts.SensorThings;

/// <summary>What happened to an entity.</summary>
public enum ConsequenceKind : byte
{
    /// <summary>It is new.</summary>
    Inserted = 0,

    /// <summary>It has changed.</summary>
    Updated = 1,

    /// <summary>It is gone.</summary>
    Deleted = 2,

    /// <summary>The Datastream's Observations in the time span told of a FeatureOfInterest that is gone, and go with it.</summary>
    FeatureGone = 3,

    /// <summary>The stream's Observations from a time on tell of another FeatureOfInterest than before; the stream itself is as it was.</summary>
    FeatureOther = 4,
}
