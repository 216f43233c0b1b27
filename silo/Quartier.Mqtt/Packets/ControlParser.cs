using System.Text;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Packets;

/// <summary>Reads what clients send besides CONNECT and PUBLISH.</summary>
internal static class ControlParser
{
    private const int SubscribeFlags = 2;
    private const int PubRelFlags = 2;

    /// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP: sections 3.4 … 3.7.</summary>
    public static AcknowledgementPacket ParseAcknowledgement(in Frame frame, ProtocolVersion version)
    {
        RequireFlags(frame, frame.Type == PacketType.PubRel ? PubRelFlags : 0); // [MQTT-3.6.1-1]
        var cursor = new SpanCursor(frame.Body.Span);
        var packetId = cursor.ReadUInt16();
        PacketIds.RequireNotZero(packetId, frame.Type);
        var reason = ReasonCode.Success;
        if (version == ProtocolVersion.V5 && !cursor.AtEnd)
        {
            reason = (ReasonCode)cursor.ReadByte();
            CheckReason(frame.Type, reason);
            if (!cursor.AtEnd)
            {
                PropertyBlock.Read(ref cursor, PropertyScope.Acknowledgement);
            }
        }

        RequireEnd(cursor, frame.Type);
        return new AcknowledgementPacket(packetId, reason);
    }

    /// <summary>SUBSCRIBE: section 3.8.</summary>
    public static SubscribePacket ParseSubscribe(in Frame frame, ProtocolVersion version, TopicLimits limits)
    {
        RequireFlags(frame, SubscribeFlags); // [MQTT-3.8.1-1]
        var cursor = new SpanCursor(frame.Body.Span);
        var packetId = cursor.ReadUInt16();
        PacketIds.RequireNotZero(packetId, PacketType.Subscribe);
        uint identifier = 0;
        string? purpose = null;
        if (version == ProtocolVersion.V5)
        {
            var reader = new PropertyReader(PropertyBlock.Read(ref cursor, PropertyScope.Subscribe));
            while (reader.TryRead(out var property))
            {
                identifier = property.Id == PropertyId.SubscriptionIdentifier ? property.Number : identifier;
                purpose = StatedPurpose.Or(purpose, property);
            }
        }

        var requests = new List<SubscriptionRequest>();
        while (!cursor.AtEnd)
        {
            var filter = cursor.ReadText(); // [MQTT-3.8.3-1]
            requests.Add(ParseRequest(filter, cursor.ReadByte(), version, limits));
        }

        return requests.Count > 0
            ? new SubscribePacket(packetId, identifier, purpose, requests)
            : throw MqttProtocolException.Protocol("SUBSCRIBE names no topic filter [MQTT-3.8.3-2].");
    }

    /// <summary>UNSUBSCRIBE: section 3.10.</summary>
    public static UnsubscribePacket ParseUnsubscribe(in Frame frame, ProtocolVersion version, TopicLimits limits)
    {
        RequireFlags(frame, SubscribeFlags); // [MQTT-3.10.1-1]
        var cursor = new SpanCursor(frame.Body.Span);
        var packetId = cursor.ReadUInt16();
        PacketIds.RequireNotZero(packetId, PacketType.Unsubscribe);
        if (version == ProtocolVersion.V5)
        {
            PropertyBlock.Read(ref cursor, PropertyScope.Unsubscribe);
        }

        var filters = new List<string>();
        while (!cursor.AtEnd)
        {
            var filter = cursor.ReadText(); // [MQTT-3.10.3-1]
            limits.CheckFilter(filter);
            filters.Add(Encoding.UTF8.GetString(filter));
        }

        return filters.Count > 0
            ? new UnsubscribePacket(packetId, filters)
            : throw MqttProtocolException.Protocol("UNSUBSCRIBE names no topic filter [MQTT-3.10.3-2].");
    }

    /// <summary>DISCONNECT: section 3.14.</summary>
    public static DisconnectPacket ParseDisconnect(in Frame frame, ProtocolVersion version)
    {
        RequireFlags(frame, 0); // [MQTT-3.14.1-1]
        var cursor = new SpanCursor(frame.Body.Span);
        var reason = ReasonCode.Success;
        uint? expiry = null;
        if (version == ProtocolVersion.V5 && !cursor.AtEnd)
        {
            reason = (ReasonCode)cursor.ReadByte();
            CheckReason(PacketType.Disconnect, reason);
            var reader = new PropertyReader(cursor.AtEnd ? default : PropertyBlock.Read(ref cursor, PropertyScope.Disconnect));
            while (reader.TryRead(out var property))
            {
                expiry = property.Id == PropertyId.SessionExpiryInterval ? property.Number : expiry;
            }
        }

        RequireEnd(cursor, PacketType.Disconnect);
        return new DisconnectPacket(reason, expiry);
    }

    /// <summary>PINGREQ: section 3.12.</summary>
    public static void CheckPing(in Frame frame)
    {
        RequireFlags(frame, 0);
        RequireEnd(new SpanCursor(frame.Body.Span), PacketType.PingReq);
    }

    private static SubscriptionRequest ParseRequest(ReadOnlySpan<byte> filter, byte options, ProtocolVersion version, TopicLimits limits)
    {
        var qos = options & 3;
        var reserved = version == ProtocolVersion.V5 ? options & 0xC0 : options & 0xFC;
        var retainHandling = (byte)((options >> 4) & 3);
        if (reserved != 0)
        {
            throw MqttProtocolException.Malformed("Reserved bits of the subscription options are set [MQTT-3.8.3-5].");
        }

        if (qos == 3 || retainHandling == 3)
        {
            throw MqttProtocolException.Malformed("The subscription options hold the quality of service 3 or the retain handling 3.");
        }

        var check = limits.CheckFilter(filter);
        return new SubscriptionRequest(
            Encoding.UTF8.GetString(filter), check, (QualityOfService)qos, (options & 4) != 0, (options & 8) != 0, retainHandling);
    }

    private static void RequireFlags(in Frame frame, int flags)
    {
        if (frame.Flags != flags)
        {
            throw MqttProtocolException.Malformed($"The flags of {frame.Type} are {frame.Flags}, but must be {flags} [MQTT-2.1.3-1].");
        }
    }

    private static void RequireEnd(in SpanCursor cursor, PacketType type)
    {
        if (!cursor.AtEnd)
        {
            throw MqttProtocolException.Malformed($"{type} has {cursor.Remaining} bytes too many.");
        }
    }

    /// <summary>Only the codes that the packet's own section lists [MQTT-3.4.2-1, MQTT-3.5.2-1, MQTT-3.6.2-1, MQTT-3.7.2-1, MQTT-3.14.2-1].</summary>
    private static void CheckReason(PacketType type, ReasonCode reason)
    {
        var known = type switch
        {
            PacketType.PubAck or PacketType.PubRec => reason is ReasonCode.Success or ReasonCode.NoMatchingSubscribers
                or ReasonCode.UnspecifiedError or ReasonCode.ImplementationSpecificError or ReasonCode.NotAuthorized
                or ReasonCode.TopicNameInvalid or ReasonCode.PacketIdentifierInUse or ReasonCode.QuotaExceeded
                or ReasonCode.PayloadFormatInvalid,
            PacketType.PubRel or PacketType.PubComp => reason is ReasonCode.Success or ReasonCode.PacketIdentifierNotFound,
            _ => reason is ReasonCode.Success or ReasonCode.DisconnectWithWill or ReasonCode.UnspecifiedError
                or ReasonCode.MalformedPacket or ReasonCode.ProtocolError or ReasonCode.ImplementationSpecificError
                or ReasonCode.TopicNameInvalid or ReasonCode.ReceiveMaximumExceeded or ReasonCode.TopicAliasInvalid
                or ReasonCode.PacketTooLarge or ReasonCode.MessageRateTooHigh or ReasonCode.QuotaExceeded
                or ReasonCode.AdministrativeAction or ReasonCode.PayloadFormatInvalid,
        };
        if (!known)
        {
            throw MqttProtocolException.Malformed($"{type} from a client cannot have the reason code 0x{(byte)reason:X2}.");
        }
    }
}
