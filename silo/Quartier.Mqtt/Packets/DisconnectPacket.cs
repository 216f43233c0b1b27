namespace Quartier.Mqtt.Packets;

/// <summary>DISCONNECT from a client (section 3.14).</summary>
/// <param name="Reason">Why the client leaves.</param>
/// <param name="SessionExpirySeconds">The new session expiry interval; null when unchanged.</param>
internal readonly record struct DisconnectPacket(ReasonCode Reason, uint? SessionExpirySeconds);
