namespace Quartier.Domain.Decoders;

/// <summary>A topic in which levels stand for a sensor, a property, or anything.</summary>
internal static class TopicPattern
{
    public const string Sensor = "{sensor}";
    public const string Property = "{property}";
    public const string Any = "+";
    public const string Rest = "#";

    /// <summary>Longest pattern in characters: what the endpoint takes as a topic.</summary>
    public const int MaxLength = 1_024;

    /// <summary>What is wrong with a pattern; null when nothing is.</summary>
    public static string? Fault(string pattern, bool ignored)
    {
        var levels = pattern.Split('/');
        if (pattern.Length is 0 or > MaxLength || pattern.Any(char.IsControl))
        {
            return $"a topic has 1 … {MaxLength} characters, none of them control characters";
        }

        for (var i = 0; i < levels.Length; i++)
        {
            var level = levels[i];
            if (level is Rest && (!ignored || i < levels.Length - 1))
            {
                return "'#' stands last, and only in topics that are ignored";
            }

            if (level is not (Sensor or Property or Any or Rest) && level.AsSpan().IndexOfAny("{}+#") >= 0)
            {
                return $"the level '{level}': '{Sensor}', '{Property}' and '+' stand for a whole level";
            }
        }

        return levels.Count(l => l is Sensor) > 1 || levels.Count(l => l is Property) > 1 ? "a level is named twice" : null;
    }

    /// <summary>Whether the pattern is a topic as it stands.</summary>
    public static bool IsLiteral(string pattern) => !pattern.Split('/').Any(l => l is Sensor or Property or Any or Rest);

    /// <summary>Compares; gives the levels that are named.</summary>
    public static bool TryMatch(string[] pattern, string[] topic, out string? sensor, out string? property)
    {
        (sensor, property) = (null, null);
        var rest = pattern[^1] is Rest;
        if (rest ? topic.Length < pattern.Length - 1 : topic.Length != pattern.Length)
        {
            return false;
        }

        for (var i = 0; i < pattern.Length - (rest ? 1 : 0); i++)
        {
            switch (pattern[i])
            {
                case Sensor:
                    sensor = topic[i];
                    break;
                case Property:
                    property = topic[i];
                    break;
                case Any:
                    break;
                case var level when string.Equals(level, topic[i], StringComparison.Ordinal):
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>The MQTT filter that matches what the pattern matches.</summary>
    public static string Filter(string pattern) =>
        string.Join('/', pattern.Split('/').Select(l => l is Sensor or Property ? Any : l));
}
