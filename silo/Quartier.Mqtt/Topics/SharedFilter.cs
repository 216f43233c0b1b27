using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Topics;

/// <summary>A filter of the form <c>$share/name/filter</c> (section 4.8.2), taken apart.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Filter">What the group subscribes to.</param>
internal readonly record struct SharedFilter(string Name, string Filter)
{
    /// <summary>False when the filter is not shared.</summary>
    /// <exception cref="MqttProtocolException">It begins like a shared one and is none [MQTT-4.8.2-1, MQTT-4.8.2-2].</exception>
    public static bool TryParse(string text, out SharedFilter shared)
    {
        shared = default;
        if (!text.StartsWith(TopicFilter.SharedPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text[TopicFilter.SharedPrefix.Length..];
        var slash = rest.IndexOf('/');
        if (slash <= 0 || slash == rest.Length - 1 || rest.AsSpan(0, slash).ContainsAny('+', '#'))
        {
            throw new MqttProtocolException(
                ReasonCode.TopicFilterInvalid,
                "A shared subscription has the form $share/name/filter, with a name without wildcards [MQTT-4.8.2-1, MQTT-4.8.2-2].");
        }

        shared = new SharedFilter(rest[..slash], rest[(slash + 1)..]);
        return true;
    }
}
