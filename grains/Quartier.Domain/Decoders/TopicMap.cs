using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Decoders;

/// <summary>Whose the topics of one gateway are. Immutable once compiled; one for each decoder.</summary>
public sealed class TopicMap
{
    /// <summary>Of a gateway without a decoder: each sensor in a topic of its id.</summary>
    private static readonly DecoderDefinition Native = new(DecoderFormat.Native, [new("{sensor}", null, null, false)], [], [], [], null);

    private static readonly ConditionalWeakTable<DecoderDefinition, TopicMap> Compiled = [];

    private readonly FrozenDictionary<string, DecoderTopic> _literal;
    private readonly (string[] Levels, DecoderTopic Topic)[] _patterns;
    private readonly FrozenDictionary<string, string> _devices;

    private TopicMap(DecoderDefinition decoder)
    {
        _literal = decoder.Topics.Where(t => TopicPattern.IsLiteral(t.Pattern)).ToFrozenDictionary(t => t.Pattern, StringComparer.Ordinal);
        _patterns = [.. decoder.Topics.Where(t => !TopicPattern.IsLiteral(t.Pattern)).Select(t => (t.Pattern.Split('/'), t))];
        _devices = decoder.Devices.ToFrozenDictionary(d => d.Name, d => d.Sensor, StringComparer.Ordinal);
        Filters = [.. decoder.Topics.Where(t => !t.Ignore).Select(t => TopicPattern.Filter(t.Pattern)).Distinct(StringComparer.Ordinal)];
        Patterns = string.Join(", ", decoder.Topics.Select(t => t.Pattern).Take(MostShown));
    }

    /// <summary>Patterns named in a sentence: more help nobody.</summary>
    private const int MostShown = 5;

    /// <summary>The MQTT filters under which all of the gateway's messages come.</summary>
    public ImmutableArray<string> Filters { get; }

    /// <summary>The first patterns, for sentences.</summary>
    public string Patterns { get; }

    /// <summary>The map of a gateway's topics, compiled once for each decoder.</summary>
    public static TopicMap Of(GatewayDefinition gateway) => Compiled.GetValue(gateway.Decoder ?? Native, static d => new TopicMap(d));

    /// <summary>Whose the topic is; null when no pattern matches.</summary>
    /// <param name="topic">Below the gateway's own topic, or as a remote broker has it.</param>
    public TopicTarget? Find(string topic)
    {
        if (_literal.TryGetValue(topic, out var literal))
        {
            return Target(literal, null, null);
        }

        var levels = topic.Split('/');
        foreach (var (pattern, known) in _patterns)
        {
            if (TopicPattern.TryMatch(pattern, levels, out var device, out var property))
            {
                return Target(known, device, property);
            }
        }

        return null;
    }

    private TopicTarget Target(DecoderTopic topic, string? device, string? property)
    {
        var sensor = topic.Sensor ?? (device is null ? string.Empty : _devices.GetValueOrDefault(device, device));
        return new(sensor, device, topic.Property ?? property, topic.Ignore);
    }
}
