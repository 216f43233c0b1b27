namespace Quartier.Mqtt.Packets;

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP from a client.</summary>
/// <param name="PacketId">1 … 65,535.</param>
/// <param name="Reason">Success in 3.1.1.</param>
internal readonly record struct AcknowledgementPacket(ushort PacketId, ReasonCode Reason);
