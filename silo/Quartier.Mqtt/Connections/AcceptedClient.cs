using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Sessions;

namespace Quartier.Mqtt.Connections;

/// <summary>A client after its CONNECT has been accepted: what holds for this connection. What outlives it is in the session.</summary>
internal sealed class AcceptedClient(ConnectPacket connect, ClientSession session, IIngestSession ingest, InboundFlow inbound)
{
    public string ClientId => Session.ClientId;

    public ProtocolVersion Version { get; } = connect.Version;

    /// <summary>0 for none.</summary>
    public required long KeepAliveMs { get; init; }

    /// <summary>What the client says it reads for, unless SUBSCRIBE says something else; null when it says nothing.</summary>
    public string? Purpose { get; } = connect.Purpose;

    /// <summary>Longest packet that the client takes, in bytes.</summary>
    public uint MaximumPacketBytes { get; } = connect.MaximumPacketBytes;

    public ushort ReceiveMaximum { get; } = connect.ReceiveMaximum;

    public ushort TopicAliasMaximum { get; } = connect.TopicAliasMaximum;

    public bool WantsProblemInformation { get; } = connect.WantsProblemInformation;

    /// <summary>The client asked for a session without life after the connection, and may not change its mind in DISCONNECT.</summary>
    public bool AskedForNoExpiry { get; } = connect.SessionExpirySeconds == 0;

    /// <summary>Published unless the client says goodbye.</summary>
    public Testament? Will { get; set; }

    public ClientSession Session { get; } = session;

    public IIngestSession Ingest { get; } = ingest;

    public InboundFlow Inbound { get; } = inbound;

    /// <summary>Where what the client sends is looked at.</summary>
    public required ServingLane Lane { get; init; }
}
