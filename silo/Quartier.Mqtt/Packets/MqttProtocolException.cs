namespace Quartier.Mqtt.Packets;

/// <summary>
/// A client broke the protocol: its connection is closed, with this reason where the version has one (MQTT 5 section 4.13).
/// </summary>
public sealed class MqttProtocolException : Exception
{
    /// <summary>States the reason code and what was wrong, naming value and limit; the text goes to the client and to the log.</summary>
    public MqttProtocolException(ReasonCode reason, string message)
        : base(message) => Reason = reason;

    /// <summary>The reason code for CONNACK or DISCONNECT.</summary>
    public ReasonCode Reason { get; }

    internal static MqttProtocolException Malformed(string message) => new(ReasonCode.MalformedPacket, message);

    internal static MqttProtocolException Protocol(string message) => new(ReasonCode.ProtocolError, message);
}
