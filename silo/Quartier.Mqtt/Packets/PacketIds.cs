namespace Quartier.Mqtt.Packets;

/// <summary>Section 2.2.1.</summary>
internal static class PacketIds
{
    /// <summary>Packet identifiers are never 0 [MQTT-2.2.1-3].</summary>
    public static void RequireNotZero(ushort packetId, PacketType type)
    {
        if (packetId == 0)
        {
            throw MqttProtocolException.Malformed($"The packet identifier of {type} is 0 [MQTT-2.2.1-3].");
        }
    }
}
