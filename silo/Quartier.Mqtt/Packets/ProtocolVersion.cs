namespace Quartier.Mqtt.Packets;

/// <summary>The protocol level of a connection, as CONNECT carries it.</summary>
public enum ProtocolVersion : byte
{
    /// <summary>MQTT 3.1.1.</summary>
    V311 = 4,

    /// <summary>MQTT 5.0.</summary>
    V5 = 5,
}
