using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// A client after its CONNECT has been accepted. Its state ends with the connection: a session that outlives it would
/// keep this object, and give it a new connection.
/// </summary>
internal sealed class AcceptedClient(string clientId, ConnectPacket connect, IIngestSession session, InboundFlow inbound)
{
    public string ClientId { get; } = clientId;

    /// <summary>What tells sessions apart: the identifier within its owner, who cannot contain U+0000.</summary>
    public string SessionKey { get; } = $"{session.Owner}\0{clientId}";

    public ProtocolVersion Version { get; } = connect.Version;

    /// <summary>0 for none.</summary>
    public required long KeepAliveMs { get; init; }

    /// <summary>Longest packet that the client takes, in bytes.</summary>
    public uint MaximumPacketBytes { get; } = connect.MaximumPacketBytes;

    public ushort ReceiveMaximum { get; } = connect.ReceiveMaximum;

    /// <summary>The client asked for a session without life after the connection, and may not change its mind in DISCONNECT.</summary>
    public bool AskedForNoExpiry { get; } = connect.SessionExpirySeconds == 0;

    /// <summary>Published unless the client says goodbye.</summary>
    public WillMessage? Will { get; set; } = connect.Will;

    public IIngestSession Session { get; } = session;

    public InboundFlow Inbound { get; } = inbound;

    /// <summary>Null until the client subscribes.</summary>
    public OutboundFlow? Outbound { get; set; }

    /// <summary>Null until the client subscribes.</summary>
    public ClientSubscriptions? Subscriptions { get; set; }
}
