namespace Quartier.Mqtt.Packets;

/// <summary>The reason codes of MQTT 5 (section 2.4) that this server sends or understands. Codes below 0x80 mean success.</summary>
public enum ReasonCode : byte
{
    /// <summary>Success; normal disconnection; granted quality of service 0.</summary>
    Success = 0x00,

    /// <summary>Granted quality of service 1.</summary>
    GrantedQos1 = 0x01,

    /// <summary>Granted quality of service 2.</summary>
    GrantedQos2 = 0x02,

    /// <summary>The client leaves and wants its will published.</summary>
    DisconnectWithWill = 0x04,

    /// <summary>Accepted, but nobody listens.</summary>
    NoMatchingSubscribers = 0x10,

    /// <summary>There was no such subscription to remove.</summary>
    NoSubscriptionExisted = 0x11,

    /// <summary>Failed, without saying why. The only failure that a 3.1.1 SUBACK knows.</summary>
    UnspecifiedError = 0x80,

    /// <summary>The bytes are no packet of this protocol version.</summary>
    MalformedPacket = 0x81,

    /// <summary>A packet at the wrong moment, or with contents that the standard forbids.</summary>
    ProtocolError = 0x82,

    /// <summary>Valid, but this server does not take it.</summary>
    ImplementationSpecificError = 0x83,

    /// <summary>The protocol version is neither 3.1.1 nor 5.0.</summary>
    UnsupportedProtocolVersion = 0x84,

    /// <summary>The client identifier is not allowed.</summary>
    ClientIdentifierNotValid = 0x85,

    /// <summary>The user name or the password is wrong.</summary>
    BadUserNameOrPassword = 0x86,

    /// <summary>Not allowed for this client.</summary>
    NotAuthorized = 0x87,

    /// <summary>The server cannot take the client at present.</summary>
    ServerUnavailable = 0x88,

    /// <summary>The server has too much to do; try again later.</summary>
    ServerBusy = 0x89,

    /// <summary>The client has been shut out by an operator.</summary>
    Banned = 0x8A,

    /// <summary>The server is stopping.</summary>
    ServerShuttingDown = 0x8B,

    /// <summary>The authentication method is not offered here.</summary>
    BadAuthenticationMethod = 0x8C,

    /// <summary>Nothing was heard for 1.5 times the keep alive.</summary>
    KeepAliveTimeout = 0x8D,

    /// <summary>Another connection came with the same client identifier.</summary>
    SessionTakenOver = 0x8E,

    /// <summary>The topic filter is well-formed but not accepted.</summary>
    TopicFilterInvalid = 0x8F,

    /// <summary>The topic name is well-formed but not accepted.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>The packet identifier is already in use.</summary>
    PacketIdentifierInUse = 0x91,

    /// <summary>The packet identifier is not known.</summary>
    PacketIdentifierNotFound = 0x92,

    /// <summary>More publications in flight than the receive maximum.</summary>
    ReceiveMaximumExceeded = 0x93,

    /// <summary>The topic alias is 0 or greater than the maximum.</summary>
    TopicAliasInvalid = 0x94,

    /// <summary>The packet is longer than the maximum packet size.</summary>
    PacketTooLarge = 0x95,

    /// <summary>Messages come too fast.</summary>
    MessageRateTooHigh = 0x96,

    /// <summary>A limit named in <see cref="MqttOptions"/> has been reached.</summary>
    QuotaExceeded = 0x97,

    /// <summary>Closed by an operator.</summary>
    AdministrativeAction = 0x98,

    /// <summary>The payload is not what its topic demands.</summary>
    PayloadFormatInvalid = 0x99,

    /// <summary>Retained messages are not supported.</summary>
    RetainNotSupported = 0x9A,

    /// <summary>The quality of service is not supported.</summary>
    QosNotSupported = 0x9B,

    /// <summary>Use another server, for now.</summary>
    UseAnotherServer = 0x9C,

    /// <summary>Use another server, for good.</summary>
    ServerMoved = 0x9D,

    /// <summary>Shared subscriptions are not supported.</summary>
    SharedSubscriptionsNotSupported = 0x9E,

    /// <summary>Connections come too fast.</summary>
    ConnectionRateExceeded = 0x9F,

    /// <summary>Connected longer than allowed.</summary>
    MaximumConnectTime = 0xA0,

    /// <summary>Subscription identifiers are not supported.</summary>
    SubscriptionIdentifiersNotSupported = 0xA1,

    /// <summary>Wildcards in subscriptions are not supported.</summary>
    WildcardSubscriptionsNotSupported = 0xA2,
}
