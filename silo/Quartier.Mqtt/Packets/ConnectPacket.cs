namespace Quartier.Mqtt.Packets;

/// <summary>What CONNECT says (section 3.1), checked and copied out of the socket's buffer.</summary>
internal sealed class ConnectPacket
{
    /// <summary>A receive maximum that is absent means this many (section 3.1.2.11.3).</summary>
    public const ushort DefaultReceiveMaximum = ushort.MaxValue;

    public required ProtocolVersion Version { get; init; }

    public required bool CleanStart { get; init; }

    /// <summary>Seconds; 0 switches it off.</summary>
    public required ushort KeepAliveSeconds { get; init; }

    /// <summary>Empty when the server shall choose.</summary>
    public required string ClientId { get; init; }

    public string? UserName { get; init; }

    public byte[] Password { get; init; } = [];

    public WillMessage? Will { get; init; }

    /// <summary>Seconds; 0 in 3.1.1.</summary>
    public uint SessionExpirySeconds { get; init; }

    public ushort ReceiveMaximum { get; init; } = DefaultReceiveMaximum;

    /// <summary>Longest packet that the client takes, in bytes.</summary>
    public uint MaximumPacketBytes { get; init; } = uint.MaxValue;

    /// <summary>Topic aliases that the client takes; 0 for none [MQTT-3.1.2-26].</summary>
    public ushort TopicAliasMaximum { get; init; }

    /// <summary>Whether the client asks for response information [MQTT-3.1.2-28].</summary>
    public bool WantsResponseInformation { get; init; }

    /// <summary>Whether reason strings may stand elsewhere than in CONNACK and DISCONNECT [MQTT-3.1.2-29].</summary>
    public bool WantsProblemInformation { get; init; } = true;

    /// <summary>What the client says it reads for; null when it says nothing.</summary>
    public string? Purpose { get; init; }

    /// <summary>The client asks for enhanced authentication.</summary>
    public bool HasAuthenticationMethod { get; init; }
}
