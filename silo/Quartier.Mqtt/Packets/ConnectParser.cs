using System.Text;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Packets;

/// <summary>Reads CONNECT (section 3.1).</summary>
internal static class ConnectParser
{
    private const byte ReservedFlag = 0x01;
    private const byte CleanStartFlag = 0x02;
    private const byte WillFlag = 0x04;
    private const byte WillRetainFlag = 0x20;
    private const byte PasswordFlag = 0x40;
    private const byte UserNameFlag = 0x80;

    /// <summary>The version is known before anything else can be wrong, so that the refusal is in the client's own language.</summary>
    /// <exception cref="MqttProtocolException">
    /// With <see cref="ReasonCode.UnsupportedProtocolVersion"/>: <paramref name="version"/> says how to answer; null: do not answer.
    /// </exception>
    public static void ReadVersion(in Frame frame, out ProtocolVersion? version)
    {
        version = null;
        if (frame.Type != PacketType.Connect || frame.Flags != 0)
        {
            throw MqttProtocolException.Protocol("The first packet is not CONNECT [MQTT-3.1.0-1].");
        }

        var cursor = new SpanCursor(frame.Body.Span);
        var name = cursor.ReadText();
        var isMqtt = name.SequenceEqual("MQTT"u8);
        if (!isMqtt && !name.SequenceEqual("MQIsdp"u8))
        {
            throw MqttProtocolException.Protocol("The protocol name is not MQTT [MQTT-3.1.2-1].");
        }

        var level = cursor.ReadByte();
        version = level <= (byte)ProtocolVersion.V311 ? ProtocolVersion.V311 : ProtocolVersion.V5;
        if (!isMqtt || level is not ((byte)ProtocolVersion.V311 or (byte)ProtocolVersion.V5))
        {
            // [MQTT-3.1.2-2]
            throw new MqttProtocolException(
                ReasonCode.UnsupportedProtocolVersion, $"The protocol level is {level}; 4 (MQTT 3.1.1) and 5 (MQTT 5.0) are supported.");
        }
    }

    public static ConnectPacket Parse(in Frame frame, TopicLimits limits)
    {
        ReadVersion(frame, out var known);
        var version = known!.Value;
        var cursor = new SpanCursor(frame.Body.Span);
        cursor.ReadText();
        cursor.ReadByte();
        var flags = cursor.ReadByte();
        CheckFlags(flags, version);
        var keepAlive = cursor.ReadUInt16();
        var properties = version == ProtocolVersion.V5 ? PropertyBlock.Read(ref cursor, PropertyScope.Connect) : default;
        CheckAuthentication(properties);
        var clientId = Encoding.UTF8.GetString(cursor.ReadText()); // [MQTT-3.1.3-3], [MQTT-3.1.3-4]
        var will = (flags & WillFlag) != 0 ? ReadWill(ref cursor, flags, version, limits) : null;
        var userName = (flags & UserNameFlag) != 0 ? Encoding.UTF8.GetString(cursor.ReadText()) : null;
        var password = (flags & PasswordFlag) != 0 ? cursor.ReadBinary().ToArray() : [];
        if (!cursor.AtEnd)
        {
            throw MqttProtocolException.Malformed($"CONNECT has {cursor.Remaining} bytes too many.");
        }

        return new ConnectPacket
        {
            Version = version,
            CleanStart = (flags & CleanStartFlag) != 0,
            KeepAliveSeconds = keepAlive,
            ClientId = clientId,
            UserName = userName,
            Password = password,
            Will = will,
            SessionExpirySeconds = Number(properties, PropertyId.SessionExpiryInterval, 0),
            ReceiveMaximum = (ushort)Number(properties, PropertyId.ReceiveMaximum, ConnectPacket.DefaultReceiveMaximum),
            MaximumPacketBytes = Number(properties, PropertyId.MaximumPacketSize, uint.MaxValue),
            TopicAliasMaximum = (ushort)Number(properties, PropertyId.TopicAliasMaximum, 0),
            WantsResponseInformation = Number(properties, PropertyId.RequestResponseInformation, 0) == 1,
            WantsProblemInformation = Number(properties, PropertyId.RequestProblemInformation, 1) == 1,
            Purpose = StatedPurpose.Of(properties),
            HasAuthenticationMethod = Has(properties, PropertyId.AuthenticationMethod),
        };
    }

    private static void CheckFlags(byte flags, ProtocolVersion version)
    {
        if ((flags & ReservedFlag) != 0)
        {
            throw MqttProtocolException.Malformed("The reserved flag of CONNECT is set [MQTT-3.1.2-3].");
        }

        var willQos = (flags >> 3) & 3;
        if (willQos == 3)
        {
            throw MqttProtocolException.Malformed("The quality of service of the will is 3 [MQTT-3.1.2-12].");
        }

        if ((flags & WillFlag) == 0 && (willQos != 0 || (flags & WillRetainFlag) != 0))
        {
            throw MqttProtocolException.Malformed("There is no will, but it has a quality of service or is retained [MQTT-3.1.2-11, MQTT-3.1.2-13].");
        }

        if (version == ProtocolVersion.V311 && (flags & PasswordFlag) != 0 && (flags & UserNameFlag) == 0)
        {
            throw MqttProtocolException.Malformed("A password comes without a user name [MQTT-3.1.2-22 of 3.1.1].");
        }
    }

    private static WillMessage ReadWill(ref SpanCursor cursor, byte flags, ProtocolVersion version, TopicLimits limits)
    {
        var properties = version == ProtocolVersion.V5 ? PropertyBlock.Read(ref cursor, PropertyScope.Will) : default;
        var topic = cursor.ReadText();
        limits.CheckName(topic);
        var payload = cursor.ReadBinary();
        return new WillMessage(
            topic.ToArray(), payload.ToArray(), properties.ToArray(), (QualityOfService)((flags >> 3) & 3), (flags & WillRetainFlag) != 0)
        {
            DelaySeconds = Number(properties, PropertyId.WillDelayInterval, 0),
        };
    }

    private static void CheckAuthentication(ReadOnlySpan<byte> properties)
    {
        // Section 3.1.2.11.10.
        if (Has(properties, PropertyId.AuthenticationData) && !Has(properties, PropertyId.AuthenticationMethod))
        {
            throw MqttProtocolException.Protocol("Authentication data come without an authentication method.");
        }
    }

    private static bool Has(ReadOnlySpan<byte> properties, PropertyId id)
    {
        var reader = new PropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            if (property.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    private static uint Number(ReadOnlySpan<byte> properties, PropertyId id, uint absent)
    {
        var reader = new PropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            if (property.Id == id)
            {
                return property.Number;
            }
        }

        return absent;
    }
}
