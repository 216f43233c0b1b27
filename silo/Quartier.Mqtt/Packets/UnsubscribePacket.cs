namespace Quartier.Mqtt.Packets;

/// <summary>UNSUBSCRIBE (section 3.10).</summary>
/// <param name="PacketId">1 … 65,535.</param>
/// <param name="Filters">At least one.</param>
internal sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters);
