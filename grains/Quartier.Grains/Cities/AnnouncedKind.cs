namespace Quartier.Grains.Cities;

/// <summary>What is told of a change of the registry.</summary>
internal enum AnnouncedKind
{
    /// <summary>A district.</summary>
    District,

    /// <summary>A sensor.</summary>
    Sensor,

    /// <summary>An asset.</summary>
    Asset,
}
