namespace Quartier.Contracts.SensorThings;

/// <summary>The entities of the OGC SensorThings API 1.1 (OGC 18-088, 8.2). The numbers are stored.</summary>
public enum EntityKind : byte
{
    /// <summary>An asset, or a station: a sensor that is not mounted on an asset.</summary>
    Thing = 1,

    /// <summary>Where a Thing is, or was.</summary>
    Location = 2,

    /// <summary>When a Thing came to be at a Location.</summary>
    HistoricalLocation = 3,

    /// <summary>One observed property of one sensor.</summary>
    Datastream = 4,

    /// <summary>Several observed properties that are observed together.</summary>
    MultiDatastream = 5,

    /// <summary>A device that measures.</summary>
    Sensor = 6,

    /// <summary>What is measured.</summary>
    ObservedProperty = 7,

    /// <summary>A reading.</summary>
    Observation = 8,

    /// <summary>Of what the reading tells.</summary>
    FeatureOfInterest = 9,
}
