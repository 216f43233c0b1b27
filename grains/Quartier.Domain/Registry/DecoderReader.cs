using System.Collections.Immutable;
using Quartier.Contracts.Registry;
using Quartier.Domain.Decoders;
using Quartier.Domain.Payloads;

namespace Quartier.Domain.Registry;

/// <summary>Reads how gateways' messages are read. What it says of sensors and properties is checked once those have been read.</summary>
internal sealed class DecoderReader(Registered registered, ProblemList problems)
{
    public static readonly string[] Keys = ["format", "topics", "devices", "fields", "ignore", "time"];
    public static readonly string[] TopicKeys = ["topic", "sensor", "property", "ignore"];
    public static readonly string[] FieldKeys = ["path", "property", "scale", "offset"];

    /// <summary>Topics with levels that stand for something are compared one after the other.</summary>
    private const int MaxPatterns = 64;

    /// <summary>Topics that are one sensor's: as many as a session remembers.</summary>
    private const int MaxTopics = 20_000;

    private const int MaxDevices = 100_000;
    private const int MaxFields = 1_024;

    /// <summary>Scales and offsets beyond leave no digits for the value, which is computed in decimal.</summary>
    private const double MaxScale = 1e9;

    private static readonly (string Word, DecoderFormat Value)[] Formats =
    [
        ("native", DecoderFormat.Native), ("senml-json", DecoderFormat.SenMLJson), ("senml-cbor", DecoderFormat.SenMLCbor),
        ("the-things-stack", DecoderFormat.TheThingsStack), ("chirpstack", DecoderFormat.ChirpStack), ("json", DecoderFormat.Json),
        ("tasmota", DecoderFormat.Json), ("zigbee2mqtt", DecoderFormat.Json), ("sensorthings", DecoderFormat.SensorThings), ("number", DecoderFormat.Number),
    ];

    private readonly List<(YamlNode Node, string Gateway, string Sensor, string? Property)> _named = [];

    /// <summary>The words for formats, for the schema's test.</summary>
    public static IEnumerable<string> Words => Formats.Select(f => f.Word);

    /// <summary>The decoder of a gateway; null when it has none.</summary>
    public DecoderDefinition? Read(Section gateway)
    {
        if (gateway.Find("decoder") is not { } node)
        {
            return null;
        }

        var id = gateway.OptionalText("id") ?? "";
        var section = new Section(node, "a decoder", Keys, problems);
        if (node.Kind != YamlKind.Mapping)
        {
            return null;
        }

        var format = section.Choice<DecoderFormat>("format", null, Formats);
        var shape = DecoderShape.Of(format);
        var fields = ReadFields(section, id);
        var decoder = new DecoderDefinition(
            format, ReadTopics(section, id, shape), ReadDevices(section, id), fields, ReadIgnored(section, fields), ReadTime(section, format));
        if (format is DecoderFormat.Native or DecoderFormat.SenMLJson or DecoderFormat.SenMLCbor)
        {
            foreach (var key in (string[])["fields", "ignore", "time"])
            {
                if (section.Find(key) is not null)
                {
                    section.Problem(key, $"'{key}' has no meaning with this format: its messages name properties and times themselves");
                }
            }
        }

        return decoder;
    }

    /// <summary>Checks what decoders say of sensors and their properties.</summary>
    public void CheckNames()
    {
        var sensors = registered.Sensors.Values.ToLookup(s => s.Gateway, StringComparer.Ordinal);
        foreach (var (node, gateway, sensor, property) in _named)
        {
            var concerned = sensors[gateway].Where(s => sensor.Length == 0 || string.Equals(s.Id, sensor, StringComparison.Ordinal)).ToList();
            if (concerned.Count == 0)
            {
                problems.Add(node, $"behind the gateway '{gateway}' there is no sensor '{sensor}'{Spelling.Hint(sensor, sensors[gateway].Select(s => s.Id))}");
            }
            else if (property is not null && !concerned.Exists(s => s.Datastreams.Any(d => string.Equals(d.Property, property, StringComparison.Ordinal))))
            {
                var known = concerned.SelectMany(s => s.Datastreams).Select(d => d.Property).Distinct(StringComparer.Ordinal);
                problems.Add(node, $"no sensor concerned has a property '{property}'{Spelling.Hint(property, known)}");
            }
        }
    }

    private ImmutableArray<DecoderTopic> ReadTopics(Section decoder, string gateway, DecoderShape shape)
    {
        var word = decoder.OptionalText("format");
        if (decoder.Find("topics") is null)
        {
            string[] patterns = word switch { "tasmota" => ["tele/{sensor}/SENSOR"], "zigbee2mqtt" => ["zigbee2mqtt/{sensor}"], _ => shape.Topics };
            return [.. patterns.Select(p => new DecoderTopic(p, null, null, false))];
        }

        var topics = ImmutableArray.CreateBuilder<DecoderTopic>();
        foreach (var item in decoder.Items("topics"))
        {
            var topic = item.Kind == YamlKind.Scalar ? new DecoderTopic(item.Text, null, null, false) : ReadTopic(item, gateway);
            CheckTopic(item, topic, shape);
            if (topics.Any(t => string.Equals(t.Pattern, topic.Pattern, StringComparison.Ordinal)))
            {
                problems.Add(item, $"the topic '{topic.Pattern}' stands twice");
            }

            topics.Add(topic);
        }

        if (topics.Count > MaxTopics || topics.Count(t => !TopicPattern.IsLiteral(t.Pattern)) > MaxPatterns)
        {
            decoder.Problem("topics", $"{topics.Count} topics; at most {MaxTopics} are accepted, {MaxPatterns} of them with levels that stand for something");
        }

        return topics.ToImmutable();
    }

    private DecoderTopic ReadTopic(YamlNode item, string gateway)
    {
        var section = new Section(item, "a topic", TopicKeys, problems);
        var topic = new DecoderTopic(section.Text("topic"), section.OptionalText("sensor"), section.OptionalText("property"), section.Flag("ignore"));
        if (topic.Sensor is { } sensor)
        {
            _named.Add((section.At("sensor"), gateway, sensor, topic.Property));
        }

        return topic;
    }

    private void CheckTopic(YamlNode node, DecoderTopic topic, DecoderShape shape)
    {
        if (TopicPattern.Fault(topic.Pattern, topic.Ignore) is { } fault)
        {
            problems.Add(node, fault);
            return;
        }

        var levels = topic.Pattern.Split('/');
        var names = levels.Contains(TopicPattern.Sensor, StringComparer.Ordinal);
        if (topic.Ignore ? topic.Sensor is not null || topic.Property is not null : names == topic.Sensor is not null)
        {
            problems.Add(node, topic.Ignore
                ? "a topic that is ignored has neither 'sensor' nor 'property'"
                : $"whose are the messages in '{topic.Pattern}'? Either the level {TopicPattern.Sensor} or the key 'sensor' says so");
        }

        var hasProperty = levels.Contains(TopicPattern.Property, StringComparer.Ordinal);
        if ((hasProperty || topic.Property is not null) && (!shape.IsOneProperty || (hasProperty && topic.Property is not null)))
        {
            problems.Add(node, "a topic tells of one property only with the formats number and sensorthings, and names it once");
        }
    }

    private ImmutableArray<DecoderDevice> ReadDevices(Section decoder, string gateway)
    {
        var entries = decoder.Entries("devices");
        var devices = ImmutableArray.CreateBuilder<DecoderDevice>(entries.Count);
        foreach (var (name, sensor) in entries)
        {
            if (name.Text.Length is 0 or > TopicPattern.MaxLength || sensor.Kind != YamlKind.Scalar)
            {
                problems.Add(name, "a device is written 'name in the topic: id of the sensor'");
                continue;
            }

            _named.Add((sensor, gateway, sensor.Text, null));
            devices.Add(new(name.Text, sensor.Text));
        }

        if (devices.Count > MaxDevices)
        {
            decoder.Problem("devices", $"{devices.Count} devices; at most {MaxDevices} are accepted");
        }

        return devices.ToImmutable();
    }

    private ImmutableArray<DecoderField> ReadFields(Section decoder, string gateway)
    {
        var fields = ImmutableArray.CreateBuilder<DecoderField>();
        foreach (var item in decoder.Items("fields"))
        {
            var section = new Section(item, "a field", FieldKeys, problems);
            if (item.Kind != YamlKind.Mapping)
            {
                continue;
            }

            var field = new DecoderField(section.Text("path"), section.Text("property"), section.Number("scale") ?? 1, section.Number("offset") ?? 0);
            if (Math.Abs(field.Scale) is > MaxScale or < 1 / MaxScale || Math.Abs(field.Offset) > MaxScale)
            {
                problems.Add(item, "'scale' is not 0 and lies, as 'offset' does, between 1e-9 and 1e9 on either side of it");
            }

            CheckPath(section, "path", field.Path);
            CheckOverlap(item, field.Path, fields.Select(f => f.Path));
            _named.Add((section.At("property"), gateway, "", field.Property));
            fields.Add(field);
        }

        if (fields.Count > MaxFields)
        {
            decoder.Problem("fields", $"{fields.Count} fields; at most {MaxFields} are accepted");
        }

        return fields.ToImmutable();
    }

    private ImmutableArray<string> ReadIgnored(Section decoder, ImmutableArray<DecoderField> fields)
    {
        var ignored = decoder.Texts("ignore");
        foreach (var path in ignored.Where(p => p is not "*"))
        {
            if (FieldPath.Split(path) is null)
            {
                decoder.Problem("ignore", PathProblem(path));
            }

            CheckOverlap(decoder.At("ignore"), path, fields.Select(f => f.Path));
        }

        return ignored;
    }

    private string? ReadTime(Section decoder, DecoderFormat format)
    {
        var time = decoder.OptionalText("time");
        if (time is not null && format is DecoderFormat.TheThingsStack or DecoderFormat.ChirpStack or DecoderFormat.SensorThings or DecoderFormat.Number)
        {
            decoder.Problem("time", "'time' has no meaning with this format: it has its time in one place, or none");
        }
        else if (time is not null)
        {
            CheckPath(decoder, "time", time);
        }

        return time;
    }

    private static void CheckPath(Section section, string key, string path)
    {
        if (path.Length == 0)
        {
            return;
        }

        if (FieldPath.Split(path) is not { } names)
        {
            section.Problem(key, PathProblem(path));
        }
        else if (names.Select(n => IdentifyingNames.Find(n)).FirstOrDefault(w => w is not null) is { } what)
        {
            section.Problem(key, IdentifyingNames.Refusal(path, what));
        }
    }

    private void CheckOverlap(YamlNode node, string path, IEnumerable<string> others)
    {
        if (others.FirstOrDefault(o => Holds(o, path) || Holds(path, o)) is { } other)
        {
            problems.Add(node, $"the paths '{other}' and '{path}' are the same, or one holds the other: a value is read once");
        }
    }

    private static bool Holds(string outer, string inner) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] == '.');

    private static string PathProblem(string path) =>
        $"'{path}' is no path: names from the outside in, parted by points ('\\.' for a point in a name), at most {FieldPath.MaxNames} of them";
}
