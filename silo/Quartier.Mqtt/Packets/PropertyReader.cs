namespace Quartier.Mqtt.Packets;

/// <summary>Walks through a block of properties as on the wire (without its length).</summary>
public ref struct PropertyReader
{
    private SpanCursor _cursor;

    /// <summary>Begins at the first property.</summary>
    public PropertyReader(ReadOnlySpan<byte> block) => _cursor = new SpanCursor(block);

    /// <summary>Where the next property begins in the block, in bytes.</summary>
    public readonly int Position => _cursor.Position;

    /// <summary>Reads the next property; false at the end.</summary>
    /// <exception cref="MqttProtocolException">The block is malformed; never for properties that the endpoint handed out.</exception>
    public bool TryRead(out MqttProperty property)
    {
        if (_cursor.AtEnd)
        {
            property = default;
            return false;
        }

        var number = _cursor.ReadVariableByteInteger();
        var id = number <= byte.MaxValue ? (PropertyId)number : default;
        property = id switch
        {
            PropertyId.PayloadFormatIndicator or PropertyId.RequestProblemInformation or PropertyId.RequestResponseInformation
                or PropertyId.MaximumQos or PropertyId.RetainAvailable or PropertyId.WildcardSubscriptionAvailable
                or PropertyId.SubscriptionIdentifierAvailable or PropertyId.SharedSubscriptionAvailable
                => new MqttProperty(id, ReadFlag(id)),
            PropertyId.ServerKeepAlive or PropertyId.TopicAliasMaximum or PropertyId.TopicAlias
                => new MqttProperty(id, _cursor.ReadUInt16()),
            PropertyId.ReceiveMaximum => new MqttProperty(id, NotZero(id, _cursor.ReadUInt16())),
            PropertyId.MessageExpiryInterval or PropertyId.SessionExpiryInterval or PropertyId.WillDelayInterval
                => new MqttProperty(id, _cursor.ReadUInt32()),
            PropertyId.MaximumPacketSize => new MqttProperty(id, NotZero(id, _cursor.ReadUInt32())),
            PropertyId.SubscriptionIdentifier => new MqttProperty(id, NotZero(id, _cursor.ReadVariableByteInteger())),
            PropertyId.CorrelationData or PropertyId.AuthenticationData => new MqttProperty(id, _cursor.ReadBinary()),
            PropertyId.UserProperty => new MqttProperty(id, _cursor.ReadText(), _cursor.ReadText()),
            PropertyId.ContentType or PropertyId.ResponseTopic or PropertyId.AssignedClientIdentifier or PropertyId.AuthenticationMethod
                or PropertyId.ResponseInformation or PropertyId.ServerReference or PropertyId.ReasonString
                => new MqttProperty(id, _cursor.ReadText()),
            _ => throw MqttProtocolException.Malformed($"There is no property {number}."),
        };
        return true;
    }

    private uint ReadFlag(PropertyId id)
    {
        var value = _cursor.ReadByte();
        return value <= 1 ? value : throw MqttProtocolException.Protocol($"The property {id} is {value}, but must be 0 or 1.");
    }

    private static uint NotZero(PropertyId id, uint value) =>
        value != 0 ? value : throw MqttProtocolException.Protocol($"The property {id} must not be 0.");
}
