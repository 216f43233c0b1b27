namespace Quartier.Mqtt.Topics;

/// <summary>Matches one filter against one topic name (section 4.7), for retained messages.</summary>
internal static class TopicFilter
{
    /// <summary>What shared subscriptions begin with (section 4.8.2).</summary>
    public const string SharedPrefix = "$share/";

    /// <summary>The first level of what the server says about itself.</summary>
    public const string SystemLevel = "$SYS";

    /// <summary>Whether the filter asks for what the server says about itself: wildcards at the first level do not [MQTT-4.7.2-1].</summary>
    public static bool IsSystem(string filter) =>
        filter.StartsWith(SystemLevel, StringComparison.Ordinal) && (filter.Length == SystemLevel.Length || filter[SystemLevel.Length] == '/');

    /// <summary>Whether the filter holds a wildcard.</summary>
    public static bool HasWildcard(string filter) => filter.AsSpan().ContainsAny('+', '#');

    /// <summary>Whether the valid filter matches the valid topic name.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        var wildcardFirst = filter[0] is '+' or '#';
        return !(wildcardFirst && topic[0] == '$') && MatchesLevels(filter, topic); // [MQTT-4.7.2-1]
    }

    private static bool MatchesLevels(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        while (true)
        {
            var filterSlash = filter.IndexOf('/');
            var topicSlash = topic.IndexOf('/');
            var level = filterSlash < 0 ? filter : filter[..filterSlash];
            if (level is "#")
            {
                return true;
            }

            if (level is not "+" && !level.SequenceEqual(topicSlash < 0 ? topic : topic[..topicSlash]))
            {
                return false;
            }

            if (filterSlash < 0 || topicSlash < 0)
            {
                return filterSlash < 0 ? topicSlash < 0 : topicSlash < 0 && filter[(filterSlash + 1)..] is "#";
            }

            filter = filter[(filterSlash + 1)..];
            topic = topic[(topicSlash + 1)..];
        }
    }
}
