namespace Quartier.Mqtt.Connections;

/// <summary>What an outgoing QoS 1 or 2 message waits for.</summary>
internal enum OutgoingState : byte
{
    PubAck = 1,
    PubRec = 2,
    PubComp = 3,
}
