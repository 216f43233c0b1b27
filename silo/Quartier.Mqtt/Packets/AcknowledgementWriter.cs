namespace Quartier.Mqtt.Packets;

/// <summary>Encodes PUBACK, PUBREC, PUBREL and PUBCOMP, the packets of the hot path.</summary>
internal static class AcknowledgementWriter
{
    /// <summary>Longest encoding: with a reason code and without properties.</summary>
    public const int MaxBytes = 5;

    private const byte PubRelHeader = ((byte)PacketType.PubRel << 4) | 2;

    /// <summary>Writes one acknowledgement; a success is left out as section 3.4.2.1 allows, and 3.1.1 has no codes at all.</summary>
    /// <returns>The bytes written, at most <see cref="MaxBytes"/>.</returns>
    public static int Write(Span<byte> target, PacketType type, ushort packetId, ReasonCode reason, ProtocolVersion version)
    {
        target[0] = type == PacketType.PubRel ? PubRelHeader : (byte)((byte)type << 4);
        target[2] = (byte)(packetId >> 8);
        target[3] = (byte)packetId;
        if (reason == ReasonCode.Success || version == ProtocolVersion.V311)
        {
            target[1] = 2;
            return 4;
        }

        target[1] = 3;
        target[4] = (byte)reason;
        return MaxBytes;
    }
}
