using System.Buffers.Binary;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Packets;

/// <summary>Reads PUBLISH (section 3.3). The one parser on the hot path: nothing is allocated unless something is wrong.</summary>
internal static class PublishParser
{
    public static IncomingPublish Parse(in Frame frame, ProtocolVersion version, TopicLimits limits, TopicAliases? aliases)
    {
        var qos = (frame.Header >> 1) & 3;
        var duplicate = (frame.Header & 8) != 0;
        if (qos == 3)
        {
            throw MqttProtocolException.Malformed("Both bits of the quality of service are set [MQTT-3.3.1-4].");
        }

        if (duplicate && qos == 0)
        {
            throw MqttProtocolException.Malformed("A QoS 0 PUBLISH says it is a duplicate [MQTT-3.3.1-2].");
        }

        var body = frame.Body;
        var span = body.Span;
        if (span.Length < 2)
        {
            throw MqttProtocolException.Malformed("A PUBLISH ends before its topic.");
        }

        int topicEnd = 2 + BinaryPrimitives.ReadUInt16BigEndian(span);
        var position = qos == 0 ? topicEnd : topicEnd + 2;
        if (position > span.Length)
        {
            throw MqttProtocolException.Malformed($"A PUBLISH ends {position - span.Length} bytes too early.");
        }

        ushort packetId = 0;
        if (qos != 0)
        {
            packetId = BinaryPrimitives.ReadUInt16BigEndian(span[topicEnd..]);
            PacketIds.RequireNotZero(packetId, PacketType.Publish);
        }

        var topic = body[2..topicEnd];
        var properties = ReadOnlyMemory<byte>.Empty;
        if (version == ProtocolVersion.V5)
        {
            properties = ReadProperties(body, ref position);
            topic = ResolveAlias(topic, properties, limits, aliases);
        }
        else
        {
            limits.CheckName(topic.Span);
        }

        return new IncomingPublish(
            topic, body[position..], properties, packetId, (QualityOfService)qos, (frame.Header & 1) != 0, duplicate);
    }

    private static ReadOnlyMemory<byte> ReadProperties(ReadOnlyMemory<byte> body, ref int position)
    {
        var span = body.Span[position..];
        if (!span.IsEmpty && span[0] == 0)
        {
            position++;
            return default;
        }

        var cursor = new SpanCursor(span);
        var block = PropertyBlock.Read(ref cursor, PropertyScope.Publish);
        position += cursor.Position;
        return body.Slice(position - block.Length, block.Length);
    }

    private static ReadOnlyMemory<byte> ResolveAlias(
        ReadOnlyMemory<byte> topic, ReadOnlyMemory<byte> properties, TopicLimits limits, TopicAliases? aliases)
    {
        uint? alias = null;
        if (!properties.IsEmpty)
        {
            var reader = new PropertyReader(properties.Span);
            while (reader.TryRead(out var property))
            {
                if (property.Id == PropertyId.TopicAlias)
                {
                    alias = property.Number;
                }
                else if (property.Id == PropertyId.ResponseTopic)
                {
                    limits.CheckName(property.Data); // [MQTT-3.3.2-14]
                }
            }
        }

        if (!topic.IsEmpty || alias is null)
        {
            limits.CheckName(topic.Span);
        }

        if (alias is null)
        {
            return topic;
        }

        if (aliases is null)
        {
            throw new MqttProtocolException(ReasonCode.TopicAliasInvalid, "Topic aliases are switched off.");
        }

        return aliases.Resolve(alias.Value, topic);
    }
}
