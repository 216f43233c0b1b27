using System.Buffers.Binary;

namespace Quartier.Gateway.Mqtt;

/// <summary>Encodes PUBLISH packets (MQTT 3.1.1 and 5, section 3.3).</summary>
internal static class PublishPacket
{
    private const byte Publish = 0x30;
    private const byte QualityOne = 0x02;
    private const byte Duplicate = 0x08;

    /// <summary>Most bytes that a packet needs beyond topic and payload: 1 + 4 length + 2 topic length + 2 id + 1 properties.</summary>
    public const int LargestOverheadBytes = 10;

    /// <summary>Writes one packet.</summary>
    /// <param name="target">At least topic + payload + <see cref="LargestOverheadBytes"/>.</param>
    /// <param name="version">Protocol version.</param>
    /// <param name="topic">UTF-8, 1 … 65,535 bytes.</param>
    /// <param name="payload">Any bytes.</param>
    /// <param name="id">Packet id, or 0 for quality of service 0.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> target, MqttVersion version, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, ushort id)
    {
        var remaining = 2 + topic.Length + payload.Length;
        if (id != 0)
        {
            remaining += 2;
        }

        if (version == MqttVersion.V5)
        {
            remaining++;
        }

        target[0] = id == 0 ? Publish : (byte)(Publish | QualityOne);
        var position = 1 + VariableLength.Write(target[1..], remaining);
        BinaryPrimitives.WriteUInt16BigEndian(target[position..], checked((ushort)topic.Length));
        topic.CopyTo(target[(position + 2)..]);
        position += 2 + topic.Length;
        if (id != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[position..], id);
            position += 2;
        }

        if (version == MqttVersion.V5)
        {
            target[position++] = 0;
        }

        payload.CopyTo(target[position..]);
        return position + payload.Length;
    }

    /// <summary>Marks an encoded packet as sent before [MQTT-3.3.1-1].</summary>
    public static void MarkDuplicate(Span<byte> packet) => packet[0] |= Duplicate;
}
