namespace Quartier.Mqtt.Packets;

/// <summary>The properties of MQTT 5 (section 2.2.2.2).</summary>
public enum PropertyId : byte
{
    /// <summary>Byte: 0 bytes, 1 UTF-8 text.</summary>
    PayloadFormatIndicator = 1,

    /// <summary>Seconds after which the message is no longer wanted.</summary>
    MessageExpiryInterval = 2,

    /// <summary>Text: what the payload is.</summary>
    ContentType = 3,

    /// <summary>Text: topic for an answer.</summary>
    ResponseTopic = 8,

    /// <summary>Bytes that identify the request an answer belongs to.</summary>
    CorrelationData = 9,

    /// <summary>1 … 268,435,455: which subscription a message came through.</summary>
    SubscriptionIdentifier = 11,

    /// <summary>Seconds for which a session outlives its connection.</summary>
    SessionExpiryInterval = 17,

    /// <summary>Text: the identifier that the server chose.</summary>
    AssignedClientIdentifier = 18,

    /// <summary>Seconds: the keep alive that the server demands.</summary>
    ServerKeepAlive = 19,

    /// <summary>Text: the method of enhanced authentication.</summary>
    AuthenticationMethod = 21,

    /// <summary>Bytes of enhanced authentication.</summary>
    AuthenticationData = 22,

    /// <summary>0 or 1: whether the client wants reason strings.</summary>
    RequestProblemInformation = 23,

    /// <summary>Seconds between the loss of the connection and the will.</summary>
    WillDelayInterval = 24,

    /// <summary>0 or 1: whether the client wants response information.</summary>
    RequestResponseInformation = 25,

    /// <summary>Text: basis for response topics.</summary>
    ResponseInformation = 26,

    /// <summary>Text: another server to use.</summary>
    ServerReference = 28,

    /// <summary>Text for people.</summary>
    ReasonString = 31,

    /// <summary>1 … 65,535: unacknowledged publications at a time.</summary>
    ReceiveMaximum = 33,

    /// <summary>0 … 65,535: topic aliases that may be set.</summary>
    TopicAliasMaximum = 34,

    /// <summary>1 … the maximum: stands for a topic name.</summary>
    TopicAlias = 35,

    /// <summary>0 or 1: the highest quality of service where it is not 2.</summary>
    MaximumQos = 36,

    /// <summary>0 or 1.</summary>
    RetainAvailable = 37,

    /// <summary>A name and a value; the only property that may repeat.</summary>
    UserProperty = 38,

    /// <summary>Bytes, at least 1.</summary>
    MaximumPacketSize = 39,

    /// <summary>0 or 1.</summary>
    WildcardSubscriptionAvailable = 40,

    /// <summary>0 or 1.</summary>
    SubscriptionIdentifierAvailable = 41,

    /// <summary>0 or 1.</summary>
    SharedSubscriptionAvailable = 42,
}
