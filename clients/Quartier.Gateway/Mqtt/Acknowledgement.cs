namespace Quartier.Gateway.Mqtt;

/// <summary>The server's answer to one message.</summary>
/// <param name="Tag">What the publisher was given with the message.</param>
/// <param name="Waited">Time since the message was first written, in ticks of <see cref="TimeProvider.TimestampFrequency"/>.</param>
/// <param name="Reason">MQTT 5 reason code; 0 for MQTT 3.1.1.</param>
public readonly record struct Acknowledgement(long Tag, long Waited, byte Reason)
{
    /// <summary>True when the server did not take the message (reason code 0x80 or above).</summary>
    public bool IsRefusal => Reason >= 0x80;
}
