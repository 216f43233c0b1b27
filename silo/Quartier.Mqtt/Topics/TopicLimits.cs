using System.Buffers;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Topics;

/// <summary>What section 4.7 and the endpoint's own limits demand of topic names and filters.</summary>
/// <param name="maxBytes">Longest name or filter in UTF-8 bytes.</param>
/// <param name="maxLevels">Most levels, empty ones included.</param>
internal sealed class TopicLimits(int maxBytes, int maxLevels)
{
    private static readonly SearchValues<byte> NotInNames = SearchValues.Create([(byte)0, (byte)'+', (byte)'#']);

    /// <summary>A topic name: at least one character [MQTT-4.7.3-1], no wildcards [MQTT-3.3.2-2], well-formed [MQTT-1.5.4-1].</summary>
    public void CheckName(ReadOnlySpan<byte> topic)
    {
        if (topic.IsEmpty)
        {
            throw MqttProtocolException.Protocol("The topic name is empty [MQTT-4.7.3-1].");
        }

        var forbidden = topic.IndexOfAny(NotInNames);
        if (forbidden >= 0)
        {
            throw topic[forbidden] == 0
                ? MqttProtocolException.Malformed("The topic name holds U+0000 [MQTT-1.5.4-2].")
                : new MqttProtocolException(ReasonCode.TopicNameInvalid, "The topic name holds a wildcard [MQTT-3.3.2-2].");
        }

        if (!System.Text.Unicode.Utf8.IsValid(topic))
        {
            throw MqttProtocolException.Malformed("The topic name is not well-formed UTF-8 [MQTT-1.5.4-1].");
        }

        if (topic.Length > maxBytes || topic.Count((byte)'/') >= maxLevels)
        {
            throw new MqttProtocolException(ReasonCode.TopicNameInvalid, TooLong(topic, "name"));
        }
    }

    /// <summary>A topic filter whose text is already known to be well-formed.</summary>
    /// <returns>Success, or <see cref="ReasonCode.TopicFilterInvalid"/> for a valid filter beyond our limits.</returns>
    /// <exception cref="MqttProtocolException">The filter is no filter.</exception>
    public ReasonCode CheckFilter(ReadOnlySpan<byte> filter)
    {
        if (filter.IsEmpty)
        {
            throw MqttProtocolException.Protocol("The topic filter is empty [MQTT-4.7.3-1].");
        }

        for (var i = 0; i < filter.Length; i++)
        {
            var atStart = i == 0 || filter[i - 1] == '/';
            var last = i == filter.Length - 1;
            if (filter[i] == '#' && !(atStart && last))
            {
                throw new MqttProtocolException(
                    ReasonCode.TopicFilterInvalid, "The wildcard # must be the last level of a topic filter, and all of it [MQTT-4.7.1-1].");
            }

            if (filter[i] == '+' && !(atStart && (last || filter[i + 1] == '/')))
            {
                throw new MqttProtocolException(
                    ReasonCode.TopicFilterInvalid, "The wildcard + must be a whole level of a topic filter [MQTT-4.7.1-2].");
            }
        }

        return filter.Length > maxBytes || filter.Count((byte)'/') >= maxLevels ? ReasonCode.TopicFilterInvalid : ReasonCode.Success;
    }

    private string TooLong(ReadOnlySpan<byte> topic, string what) =>
        $"The topic {what} has {topic.Length} bytes in {topic.Count((byte)'/') + 1} levels, but at most {maxBytes} bytes in {maxLevels} levels are accepted.";
}
