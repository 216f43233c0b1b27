namespace Quartier.Mqtt.Packets;

/// <summary>Encodes PUBACK, PUBREC, PUBREL and PUBCOMP, the packets of the hot path.</summary>
internal static class AcknowledgementWriter
{
    /// <summary>Longest encoding with a reason code and without a reason string.</summary>
    public const int MaxBytes = 5;

    private const byte PubRelHeader = ((byte)PacketType.PubRel << 4) | 2;

    /// <summary>How much longer a reason string makes an acknowledgement.</summary>
    /// <param name="textBytes">The text in UTF-8; 0 for none.</param>
    public static int AddedBytes(int textBytes)
    {
        if (textBytes == 0)
        {
            return 0;
        }

        var properties = (uint)(1 + sizeof(ushort) + textBytes);
        var added = SpanWriter.VariableByteIntegerBytes(properties) + (int)properties;
        return added + SpanWriter.VariableByteIntegerBytes((uint)(3 + added)) - 1;
    }

    /// <summary>Writes one acknowledgement; a success is left out as section 3.4.2.1 allows, and 3.1.1 has no codes at all.</summary>
    /// <returns>The bytes written, at most <see cref="MaxBytes"/> and <see cref="AddedBytes"/>.</returns>
    public static int Write(
        Span<byte> target, PacketType type, ushort packetId, ReasonCode reason, ProtocolVersion version, ReadOnlySpan<byte> text = default)
    {
        var header = type == PacketType.PubRel ? PubRelHeader : (byte)((byte)type << 4);
        if (text.IsEmpty || reason == ReasonCode.Success || version == ProtocolVersion.V311)
        {
            return Write(target, header, packetId, version == ProtocolVersion.V311 ? ReasonCode.Success : reason);
        }

        var properties = (uint)(1 + sizeof(ushort) + text.Length);
        var writer = new SpanWriter(target);
        writer.WriteByte(header);
        writer.WriteVariableByteInteger((uint)(sizeof(ushort) + 1 + SpanWriter.VariableByteIntegerBytes(properties)) + properties);
        writer.WriteUInt16(packetId);
        writer.WriteByte((byte)reason);
        writer.WriteVariableByteInteger(properties);
        writer.WriteByte((byte)PropertyId.ReasonString);
        writer.WriteBinary(text);
        return writer.Position;
    }

    private static int Write(Span<byte> target, byte header, ushort packetId, ReasonCode reason)
    {
        target[0] = header;
        target[2] = (byte)(packetId >> 8);
        target[3] = (byte)packetId;
        if (reason == ReasonCode.Success)
        {
            target[1] = 2;
            return 4;
        }

        target[1] = 3;
        target[4] = (byte)reason;
        return MaxBytes;
    }
}
