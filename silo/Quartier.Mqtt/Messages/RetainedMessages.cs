using System.Text;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Messages;

/// <summary>The last retained message of each topic (section 3.3.1.3), in memory, bounded in number and bytes.</summary>
internal sealed class RetainedMessages(int maxMessages, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Message> _messages = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Retained messages at present.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _messages.Count;
            }
        }
    }

    /// <summary>Keeps the message instead of the last one [MQTT-3.3.1-5]; an empty payload removes it [MQTT-3.3.1-6, MQTT-3.3.1-7].</summary>
    /// <returns>False when the limits leave no room; then the last message stays.</returns>
    public bool TrySet(Message message)
    {
        var topic = Encoding.UTF8.GetString(message.Topic);
        lock (_lock)
        {
            _messages.TryGetValue(topic, out var last);
            var bytes = _bytes - (last?.Bytes ?? 0);
            if (message.Payload.Length == 0)
            {
                _messages.Remove(topic);
                _bytes = bytes;
                return true;
            }

            if (bytes + message.Bytes > maxBytes || (last is null && _messages.Count >= maxMessages))
            {
                return false;
            }

            _messages[topic] = message;
            _bytes = bytes + message.Bytes;
            return true;
        }
    }

    /// <summary>The retained messages that match; those that have expired are forgotten [MQTT-3.3.2-5].</summary>
    public List<Message> Find(string filter, long nowMs)
    {
        var found = new List<Message>();
        lock (_lock)
        {
            if (!TopicFilter.HasWildcard(filter))
            {
                if (_messages.TryGetValue(filter, out var message))
                {
                    found.Add(message);
                }
            }
            else
            {
                foreach (var (topic, message) in _messages)
                {
                    if (TopicFilter.Matches(filter, topic))
                    {
                        found.Add(message);
                    }
                }
            }

            foreach (var message in found)
            {
                if (message.ExpiresAtMs <= nowMs)
                {
                    _messages.Remove(Encoding.UTF8.GetString(message.Topic));
                    _bytes -= message.Bytes;
                }
            }
        }

        found.RemoveAll(message => message.ExpiresAtMs <= nowMs);
        return found;
    }
}
