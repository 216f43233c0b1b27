using System.Runtime.InteropServices;

namespace Quartier.Mqtt.Packets;

/// <summary>Encodes the packets that are not sent for every message.</summary>
internal static class ServerPackets
{
    /// <summary>Longer explanations are cut: they go into a log at the other end, and into one small packet here.</summary>
    public const int MaxReasonCharacters = 256;

    private const int MaxPropertyBytes = 2048;

    /// <summary>PINGRESP, section 3.13.</summary>
    public static ReadOnlySpan<byte> PingResp => [0xD0, 0x00];

    /// <summary>CONNACK that accepts (section 3.2).</summary>
    public static byte[] Accept(ProtocolVersion version, ConnAckProperties server)
    {
        var present = (byte)(server.SessionPresent ? 1 : 0);
        if (version == ProtocolVersion.V311)
        {
            return [0x20, 0x02, present, 0x00];
        }

        var properties = new SpanWriter(stackalloc byte[MaxPropertyBytes]);
        if (server.SessionExpirySeconds is { } expiry)
        {
            properties.WriteByte((byte)PropertyId.SessionExpiryInterval);
            properties.WriteUInt32(expiry);
        }

        if (server.AssignedClientId is not null)
        {
            properties.WriteByte((byte)PropertyId.AssignedClientIdentifier);
            properties.WriteText(server.AssignedClientId);
        }

        if (server.TopicAliasMaximum != 0)
        {
            properties.WriteByte((byte)PropertyId.TopicAliasMaximum);
            properties.WriteUInt16(server.TopicAliasMaximum);
        }

        if (server.ReceiveMaximum != ConnectPacket.DefaultReceiveMaximum)
        {
            properties.WriteByte((byte)PropertyId.ReceiveMaximum);
            properties.WriteUInt16(server.ReceiveMaximum);
        }

        if (server.MaximumPacketBytes < MqttOptions.LargestPacketBytes)
        {
            properties.WriteByte((byte)PropertyId.MaximumPacketSize);
            properties.WriteUInt32(server.MaximumPacketBytes);
        }

        if (server.ServerKeepAlive is { } keepAlive)
        {
            properties.WriteByte((byte)PropertyId.ServerKeepAlive);
            properties.WriteUInt16(keepAlive);
        }

        if (server.ResponseInformation is { Length: <= MaxReasonCharacters } information)
        {
            properties.WriteByte((byte)PropertyId.ResponseInformation);
            properties.WriteText(information);
        }

        return Assemble(PacketType.ConnAck, [present, (byte)ReasonCode.Success], properties.Written);
    }

    /// <summary>
    /// CONNACK that refuses; null when the client takes nothing so large, or when 3.1.1 has no return code for the reason: then the socket is just closed.
    /// </summary>
    public static byte[]? Refuse(ProtocolVersion version, ReasonCode reason, string? explanation, uint clientMaximumBytes)
    {
        if (version == ProtocolVersion.V5)
        {
            var packet = Explained(PacketType.ConnAck, [0, (byte)reason], explanation, clientMaximumBytes); // [MQTT-3.2.2-19]
            return packet.Length <= clientMaximumBytes ? packet : null;
        }

        // Table 3.1 of 3.1.1.
        byte? code = reason switch
        {
            ReasonCode.UnsupportedProtocolVersion => 1,
            ReasonCode.ClientIdentifierNotValid => 2,
            ReasonCode.ServerUnavailable or ReasonCode.ServerBusy or ReasonCode.QuotaExceeded or ReasonCode.ServerShuttingDown
                or ReasonCode.ConnectionRateExceeded or ReasonCode.UseAnotherServer or ReasonCode.ServerMoved => 3,
            ReasonCode.BadUserNameOrPassword => 4,
            ReasonCode.NotAuthorized or ReasonCode.Banned => 5,
            _ => null,
        };
        return code is { } known ? [0x20, 0x02, 0x00, known] : null;
    }

    /// <summary>DISCONNECT from the server: only MQTT 5 has it (section 3.14).</summary>
    public static byte[] Disconnect(ReasonCode reason, string? explanation, uint clientMaximumBytes)
    {
        byte[] bare = [(byte)PacketType.Disconnect << 4, 1, (byte)reason]; // The length of no properties may be left out (section 3.14.2.2.1).
        var packet = Explained(PacketType.Disconnect, [(byte)reason], explanation, clientMaximumBytes); // [MQTT-3.14.2-3]
        return packet.Length > bare.Length + 1 ? packet : bare;
    }

    /// <summary>SUBACK (section 3.9) or UNSUBACK (section 3.11), one code for each filter in their order [MQTT-3.8.4-6].</summary>
    /// <param name="type">Which of the two.</param>
    /// <param name="packetId">Of the packet that is answered.</param>
    /// <param name="reasons">One for each filter.</param>
    /// <param name="version">The client's protocol.</param>
    /// <param name="explanation">Null for none; left out where it would make the packet too large [MQTT-3.9.2-1], [MQTT-3.11.2-1].</param>
    /// <param name="clientMaximumBytes">Longest packet that the client takes.</param>
    public static byte[] Granted(
        PacketType type, ushort packetId, ReadOnlySpan<ReasonCode> reasons, ProtocolVersion version, string? explanation, uint clientMaximumBytes)
    {
        Span<byte> id = [(byte)(packetId >> 8), (byte)packetId];
        if (version == ProtocolVersion.V5)
        {
            return Explained(type, id, explanation, clientMaximumBytes, MemoryMarshal.AsBytes(reasons));
        }

        if (type == PacketType.UnsubAck)
        {
            return [(byte)PacketType.UnsubAck << 4, sizeof(ushort), .. id]; // The UNSUBACK of 3.1.1 has no payload.
        }

        var codes = new byte[reasons.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            // 3.1.1 knows one failure only [MQTT-3.9.3-2 of 3.1.1].
            codes[i] = (byte)(reasons[i] < ReasonCode.UnspecifiedError ? reasons[i] : ReasonCode.UnspecifiedError);
        }

        return Packet(type, [.. id, .. codes]);
    }

    private static byte[] Explained(
        PacketType type, ReadOnlySpan<byte> head, string? explanation, uint clientMaximumBytes, ReadOnlySpan<byte> payload = default)
    {
        var properties = new SpanWriter(stackalloc byte[MaxPropertyBytes]);
        WriteReasonString(ref properties, explanation);
        var packet = Assemble(type, head, properties.Written, payload);
        return packet.Length <= clientMaximumBytes ? packet : Assemble(type, head, [], payload);
    }

    private static void WriteReasonString(ref SpanWriter properties, string? explanation)
    {
        if (!string.IsNullOrEmpty(explanation))
        {
            properties.WriteByte((byte)PropertyId.ReasonString);
            properties.WriteText(explanation.Length <= MaxReasonCharacters ? explanation : Cut(explanation));
        }
    }

    private static string Cut(string text) =>
        text[..(char.IsHighSurrogate(text[MaxReasonCharacters - 1]) ? MaxReasonCharacters - 1 : MaxReasonCharacters)];

    private static byte[] Assemble(PacketType type, ReadOnlySpan<byte> head, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload = default)
    {
        var body = new byte[head.Length + SpanWriter.VariableByteIntegerBytes((uint)properties.Length) + properties.Length + payload.Length];
        var writer = new SpanWriter(body);
        writer.WriteRaw(head);
        writer.WriteVariableByteInteger((uint)properties.Length);
        writer.WriteRaw(properties);
        writer.WriteRaw(payload);
        return Packet(type, body);
    }

    private static byte[] Packet(PacketType type, ReadOnlySpan<byte> body)
    {
        var packet = new byte[1 + SpanWriter.VariableByteIntegerBytes((uint)body.Length) + body.Length];
        var writer = new SpanWriter(packet);
        writer.WriteByte((byte)((byte)type << 4));
        writer.WriteVariableByteInteger((uint)body.Length);
        writer.WriteRaw(body);
        return packet;
    }
}
