using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Messages;

/// <summary>Encodes PUBLISH towards a subscriber (section 3.3).</summary>
internal static class PublishWriter
{
    private const int ExpiryBytes = 5;
    private const int AliasBytes = 3;
    private const int DuplicateFlag = 8;

    /// <summary>How long the packet will be, in bytes.</summary>
    public static int Measure(in Delivery delivery, in PublishForm form) => Layout(delivery, form, out _, out _);

    /// <summary>Writes the packet into a span of at least <see cref="Measure"/> bytes.</summary>
    public static void Write(Span<byte> target, in Delivery delivery, in PublishForm form, long nowMs)
    {
        Layout(delivery, form, out var remaining, out var propertyBytes);
        var message = delivery.Message;
        var writer = new SpanWriter(target);
        writer.WriteByte((byte)(
            ((byte)PacketType.Publish << 4) | (form.Duplicate ? DuplicateFlag : 0) | ((byte)delivery.Qos << 1) | (delivery.Retain ? 1 : 0)));
        writer.WriteVariableByteInteger(remaining);
        writer.WriteBinary(form.AliasIsKnown ? default : message.Topic);
        if (delivery.Qos != QualityOfService.AtMostOnce)
        {
            writer.WriteUInt16(form.PacketId);
        }

        if (form.Version == ProtocolVersion.V5)
        {
            writer.WriteVariableByteInteger(propertyBytes);
            WriteProperties(ref writer, delivery, form, nowMs);
        }

        writer.WriteRaw(message.Payload);
    }

    private static void WriteProperties(ref SpanWriter writer, in Delivery delivery, in PublishForm form, long nowMs)
    {
        var message = delivery.Message;
        writer.WriteRaw(message.Properties);
        if (message.ExpiresAtMs != long.MaxValue)
        {
            // What is left of the interval [MQTT-3.3.2-6].
            writer.WriteByte((byte)PropertyId.MessageExpiryInterval);
            writer.WriteUInt32((uint)Math.Clamp((message.ExpiresAtMs - nowMs + 999) / 1000, 0, uint.MaxValue));
        }

        if (form.Alias != 0)
        {
            writer.WriteByte((byte)PropertyId.TopicAlias);
            writer.WriteUInt16(form.Alias);
        }

        foreach (var identifier in delivery.SubscriptionIds)
        {
            writer.WriteByte((byte)PropertyId.SubscriptionIdentifier); // [MQTT-3.3.4-3], [MQTT-3.3.4-4]
            writer.WriteVariableByteInteger(identifier);
        }
    }

    private static int Layout(in Delivery delivery, in PublishForm form, out uint remaining, out uint propertyBytes)
    {
        var message = delivery.Message;
        propertyBytes = 0;
        remaining = (uint)(sizeof(ushort) + (form.AliasIsKnown ? 0 : message.Topic.Length) + message.Payload.Length);
        if (delivery.Qos != QualityOfService.AtMostOnce)
        {
            remaining += sizeof(ushort);
        }

        if (form.Version == ProtocolVersion.V5)
        {
            propertyBytes = (uint)(message.Properties.Length
                + (message.ExpiresAtMs == long.MaxValue ? 0 : ExpiryBytes)
                + (form.Alias == 0 ? 0 : AliasBytes));
            foreach (var identifier in delivery.SubscriptionIds)
            {
                propertyBytes += (uint)(1 + SpanWriter.VariableByteIntegerBytes(identifier));
            }

            remaining += propertyBytes + (uint)SpanWriter.VariableByteIntegerBytes(propertyBytes);
        }

        return 1 + SpanWriter.VariableByteIntegerBytes(remaining) + (int)remaining;
    }
}
