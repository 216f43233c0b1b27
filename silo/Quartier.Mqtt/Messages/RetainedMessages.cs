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
    /// <returns>False when the limits leave no room even after expired messages have gone; then the last message stays.</returns>
    public bool TrySet(Message message, long nowMs)
    {
        var topic = Encoding.UTF8.GetString(message.Topic);
        lock (_lock)
        {
            if (message.Payload.Length == 0)
            {
                Remove_NeedsLock(topic);
                return true;
            }

            if (!HasRoom_NeedsLock(topic, message))
            {
                Purge_NeedsLock(nowMs);
                if (!HasRoom_NeedsLock(topic, message))
                {
                    return false;
                }
            }

            Remove_NeedsLock(topic);
            _messages[topic] = message;
            _bytes += message.Bytes;
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

            if (found.RemoveAll(message => message.EndsAtMs <= nowMs) > 0)
            {
                Purge_NeedsLock(nowMs);
            }
        }

        return found;
    }

    private bool HasRoom_NeedsLock(string topic, Message message)
    {
        _messages.TryGetValue(topic, out var last);
        return _bytes - (last?.Bytes ?? 0) + message.Bytes <= maxBytes && (last is not null || _messages.Count < maxMessages);
    }

    private void Purge_NeedsLock(long nowMs)
    {
        foreach (var (topic, message) in _messages)
        {
            if (message.EndsAtMs <= nowMs)
            {
                Remove_NeedsLock(topic);
            }
        }
    }

    private void Remove_NeedsLock(string topic)
    {
        if (_messages.Remove(topic, out var message))
        {
            _bytes -= message.Bytes;
        }
    }
}
