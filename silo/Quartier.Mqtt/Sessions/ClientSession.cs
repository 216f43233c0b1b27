using Quartier.Mqtt.Connections;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>
/// What the server remembers of one client (section 4.1). It ends with the connection, or outlives it for as long as the client asked; then it is
/// also on the disk, if there is one to put it on.
/// </summary>
internal sealed class ClientSession(string clientId, string owner, long number, ProtocolVersion version, bool isLasting)
{
    public string ClientId { get; } = clientId;

    /// <summary>To whom the session belongs: nobody else gets it, whatever client identifier he sends.</summary>
    public string Owner { get; } = owner;

    /// <summary>What tells sessions apart.</summary>
    public string Key { get; } = SessionTerms.KeyOf(owner, clientId);

    /// <summary>Names the session in the store; never used again.</summary>
    public long Number { get; } = number;

    public ProtocolVersion Version { get; set; } = version;

    /// <summary>For how long the session outlives its connection; 0: not at all.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>It began as one that outlives its connections. It may have lost that since, but nothing gains it.</summary>
    public bool IsLasting { get; } = isLasting;

    /// <summary>There are records of it.</summary>
    public bool IsStored { get; set; }

    /// <summary>The connection, or the claim of one that is being accepted; null while nobody is connected. Guarded by the book.</summary>
    public MqttConnection? Holder { get; set; }

    /// <summary>When it ends while nobody is connected, in the endpoint's clock.</summary>
    public long EndsAtMs { get; set; } = long.MaxValue;

    /// <summary>QoS 2 messages from the client between PUBLISH and PUBREL. Guarded by the output of the connection.</summary>
    public PacketIdSet Receiving { get; } = new();

    /// <summary>Null until the client subscribes.</summary>
    public Mailbox? Mailbox { get; set; }

    /// <summary>By filter; null until the client subscribes. Changed by its connection only, or while there is none.</summary>
    public Dictionary<string, SessionSubscription>? Subscriptions { get; set; }

    /// <summary>What the ingest publishes for the session while nobody is connected; null when that is nothing.</summary>
    public List<IDisposable>? Expected { get; set; }

    /// <summary>The will of the last connection, while it waits (section 3.1.3.2.2). Guarded by the book.</summary>
    public DelayedWill? Will { get; set; }
}
