namespace Quartier.Mqtt.Packets;

/// <summary>How surely a message arrives.</summary>
public enum QualityOfService : byte
{
    /// <summary>At most once; no acknowledgement.</summary>
    AtMostOnce = 0,

    /// <summary>At least once: PUBACK.</summary>
    AtLeastOnce = 1,

    /// <summary>Exactly once: PUBREC, PUBREL, PUBCOMP.</summary>
    ExactlyOnce = 2,
}
