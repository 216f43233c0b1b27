using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Connections;

/// <summary>An acknowledgement that waits for durability.</summary>
/// <param name="PacketId">1 … 65,535.</param>
/// <param name="Type">PUBACK or PUBREC.</param>
/// <param name="Index">Which message of the batch; -1 for a repeated QoS 2 message that was not handed over again.</param>
internal readonly record struct Acknowledgement(ushort PacketId, PacketType Type, int Index);
