namespace Quartier.Mqtt.Connections;

/// <summary>Why going through what was read stopped.</summary>
internal enum ReadStep
{
    /// <summary>The next packet has not come whole.</summary>
    NeedsMore,

    /// <summary>The budget for publications is used up.</summary>
    Full,

    /// <summary>A packet that must wait for the publications before it.</summary>
    Control,

    /// <summary>Something that is no packet.</summary>
    Violation,
}
