namespace Quartier.Mqtt.Packets;

/// <summary>Checks a block of properties against the place where it stands.</summary>
internal static class PropertyBlock
{
    /// <summary>Reads length and block, and checks every property in it: known, well-formed, allowed here, not repeated.</summary>
    public static ReadOnlySpan<byte> Read(ref SpanCursor cursor, PropertyScope scope)
    {
        var length = cursor.ReadVariableByteInteger();
        if (length == 0)
        {
            return default;
        }

        if (length > (uint)cursor.Remaining)
        {
            throw MqttProtocolException.Malformed($"The properties are said to be {length} bytes long, but {cursor.Remaining} are left.");
        }

        var block = cursor.Take((int)length);
        Check(block, scope);
        return block;
    }

    private static void Check(ReadOnlySpan<byte> block, PropertyScope scope)
    {
        ulong seen = 0;
        var reader = new PropertyReader(block);
        while (reader.TryRead(out var property))
        {
            if ((Allowed(property.Id) & scope) == PropertyScope.None)
            {
                // Section 2.2.2.2. The subscription identifier is a property of PUBLISH, but for servers alone [MQTT-3.3.4-6].
                var explanation = $"The property {property.Id} is not allowed in {scope}.";
                throw property.Id == PropertyId.SubscriptionIdentifier && scope == PropertyScope.Publish
                    ? MqttProtocolException.Protocol(explanation)
                    : MqttProtocolException.Malformed(explanation);
            }

            // Section 2.2.2.2 and the property's own section: "It is a Protocol Error to include … more than once".
            var bit = 1UL << (int)property.Id;
            if ((seen & bit) != 0 && property.Id != PropertyId.UserProperty)
            {
                throw MqttProtocolException.Protocol($"The property {property.Id} stands more than once in {scope}.");
            }

            seen |= bit;
        }
    }

    /// <summary>Where a client may send the property. What only servers send is allowed nowhere.</summary>
    private static PropertyScope Allowed(PropertyId id) => id switch
    {
        PropertyId.PayloadFormatIndicator or PropertyId.MessageExpiryInterval or PropertyId.ContentType or PropertyId.ResponseTopic
            or PropertyId.CorrelationData => PropertyScope.Publish | PropertyScope.Will,
        PropertyId.TopicAlias => PropertyScope.Publish,
        PropertyId.SubscriptionIdentifier => PropertyScope.Subscribe, // In PUBLISH only from server to client [MQTT-3.3.4-6].
        PropertyId.SessionExpiryInterval => PropertyScope.Connect | PropertyScope.Disconnect,
        PropertyId.AuthenticationMethod or PropertyId.AuthenticationData => PropertyScope.Connect | PropertyScope.Auth,
        PropertyId.RequestProblemInformation or PropertyId.RequestResponseInformation or PropertyId.ReceiveMaximum
            or PropertyId.TopicAliasMaximum or PropertyId.MaximumPacketSize => PropertyScope.Connect,
        PropertyId.WillDelayInterval => PropertyScope.Will,
        PropertyId.ReasonString => PropertyScope.Acknowledgement | PropertyScope.Disconnect | PropertyScope.Auth,
        PropertyId.UserProperty => (PropertyScope)0xFF,
        _ => PropertyScope.None,
    };
}
