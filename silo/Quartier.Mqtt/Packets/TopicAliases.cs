namespace Quartier.Mqtt.Packets;

/// <summary>The topic names that a client has put behind numbers (section 3.3.2.3.4); they end with the connection [MQTT-3.3.2-7].</summary>
internal sealed class TopicAliases(int maximum)
{
    private byte[]?[] _topics = [];

    /// <summary>Sets the alias when there is a topic, else looks it up.</summary>
    public ReadOnlyMemory<byte> Resolve(uint alias, ReadOnlyMemory<byte> topic)
    {
        if (alias == 0 || alias > maximum)
        {
            // [MQTT-3.3.2-8], [MQTT-3.3.2-9]
            throw new MqttProtocolException(ReasonCode.TopicAliasInvalid, $"The topic alias is {alias}, but must lie between 1 and {maximum}.");
        }

        if (topic.IsEmpty)
        {
            return alias <= _topics.Length && _topics[alias - 1] is { } known
                ? known
                : throw MqttProtocolException.Protocol($"The topic alias {alias} was never set.");
        }

        if (alias > _topics.Length)
        {
            Array.Resize(ref _topics, Math.Min(maximum, Math.Max((int)alias, 2 * _topics.Length)));
        }

        if (_topics[alias - 1] is not { } same || !topic.Span.SequenceEqual(same))
        {
            _topics[alias - 1] = topic.ToArray();
        }

        return topic;
    }
}
