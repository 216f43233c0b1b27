using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Messages;

/// <summary>Encodes PUBLISH towards a subscriber (section 3.3).</summary>
internal static class PublishWriter
{
    private const int ExpiryBytes = 5;

    /// <summary>How long the packet will be, in bytes.</summary>
    public static int Measure(in Delivery delivery, ProtocolVersion version) => Layout(delivery, version, out _, out _);

    /// <summary>Writes the packet into a span of at least <see cref="Measure"/> bytes.</summary>
    public static void Write(Span<byte> target, in Delivery delivery, ushort packetId, ProtocolVersion version, long nowMs)
    {
        Layout(delivery, version, out var remaining, out var propertyBytes);
        var message = delivery.Message;
        var writer = new SpanWriter(target);
        writer.WriteByte((byte)(((byte)PacketType.Publish << 4) | ((byte)delivery.Qos << 1) | (delivery.Retain ? 1 : 0)));
        writer.WriteVariableByteInteger(remaining);
        writer.WriteBinary(message.Topic);
        if (delivery.Qos != QualityOfService.AtMostOnce)
        {
            writer.WriteUInt16(packetId);
        }

        if (version == ProtocolVersion.V5)
        {
            writer.WriteVariableByteInteger(propertyBytes);
            WriteProperties(ref writer, delivery, nowMs);
        }

        writer.WriteRaw(message.Payload);
    }

    private static void WriteProperties(ref SpanWriter writer, in Delivery delivery, long nowMs)
    {
        var message = delivery.Message;
        writer.WriteRaw(message.Properties);
        if (message.ExpiresAtMs != long.MaxValue)
        {
            // What is left of the interval [MQTT-3.3.2-6].
            writer.WriteByte((byte)PropertyId.MessageExpiryInterval);
            writer.WriteUInt32((uint)Math.Clamp((message.ExpiresAtMs - nowMs + 999) / 1000, 0, uint.MaxValue));
        }

        foreach (var identifier in delivery.SubscriptionIds)
        {
            writer.WriteByte((byte)PropertyId.SubscriptionIdentifier); // [MQTT-3.3.4-3], [MQTT-3.3.4-4]
            writer.WriteVariableByteInteger(identifier);
        }
    }

    private static int Layout(in Delivery delivery, ProtocolVersion version, out uint remaining, out uint propertyBytes)
    {
        var message = delivery.Message;
        propertyBytes = 0;
        remaining = (uint)(sizeof(ushort) + message.Topic.Length + message.Payload.Length);
        if (delivery.Qos != QualityOfService.AtMostOnce)
        {
            remaining += sizeof(ushort);
        }

        if (version == ProtocolVersion.V5)
        {
            propertyBytes = (uint)(message.Properties.Length + (message.ExpiresAtMs == long.MaxValue ? 0 : ExpiryBytes));
            foreach (var identifier in delivery.SubscriptionIds)
            {
                propertyBytes += (uint)(1 + SpanWriter.VariableByteIntegerBytes(identifier));
            }

            remaining += propertyBytes + (uint)SpanWriter.VariableByteIntegerBytes(propertyBytes);
        }

        return 1 + SpanWriter.VariableByteIntegerBytes(remaining) + (int)remaining;
    }
}
