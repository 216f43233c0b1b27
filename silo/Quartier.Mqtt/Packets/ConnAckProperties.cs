namespace Quartier.Mqtt.Packets;

/// <summary>What CONNACK tells an accepted MQTT 5 client about the server (section 3.2.2.3).</summary>
/// <param name="ReceiveMaximum">1 … 65,535.</param>
/// <param name="MaximumPacketBytes">Longest packet accepted.</param>
/// <param name="TopicAliasMaximum">0 … 65,535.</param>
/// <param name="AssignedClientId">The identifier that the server chose, or null [MQTT-3.2.2-16].</param>
/// <param name="ServerKeepAlive">Seconds, where the client's own keep alive does not hold, or null [MQTT-3.2.2-21].</param>
/// <param name="SessionPresent">There is a session that goes on [MQTT-3.2.2-3].</param>
/// <param name="SessionExpirySeconds">The session's life, where it is not the one that the client asked for, or null.</param>
/// <param name="ResponseInformation">What topics for answers begin with, or null.</param>
internal sealed record ConnAckProperties(
    ushort ReceiveMaximum,
    uint MaximumPacketBytes,
    ushort TopicAliasMaximum,
    string? AssignedClientId,
    ushort? ServerKeepAlive,
    bool SessionPresent,
    uint? SessionExpirySeconds,
    string? ResponseInformation);
