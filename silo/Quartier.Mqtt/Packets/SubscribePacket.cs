namespace Quartier.Mqtt.Packets;

/// <summary>SUBSCRIBE (section 3.8).</summary>
/// <param name="PacketId">1 … 65,535.</param>
/// <param name="Identifier">The subscription identifier; 0 for none.</param>
/// <param name="Purpose">What the messages are wanted for; null when nothing was stated.</param>
/// <param name="Requests">At least one.</param>
internal sealed record SubscribePacket(ushort PacketId, uint Identifier, string? Purpose, IReadOnlyList<SubscriptionRequest> Requests);
