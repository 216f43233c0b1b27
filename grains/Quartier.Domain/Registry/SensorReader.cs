using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>
/// Reads sensor models and sensors. Sensors that take a model as it is share its datastreams and rules in memory: a city with
/// 100,000 sensors has some dozens of kinds.
/// </summary>
internal sealed class SensorReader(Registered registered, ProblemList problems)
{
    public static readonly string[] SensorKeys =
        ["id", "gateway", "district", "name", "model", "datastreams", "rules", "asset", "office", "location"];

    /// <summary>Most datastreams of one sensor.</summary>
    private const int MaxDatastreams = 256;

    private readonly Dictionary<string, SensorModel> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlNode> _sensorNodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Model, int RetentionDays), (ImmutableArray<DatastreamDefinition> Datastreams, ImmutableArray<RuleDefinition> Rules)>
        _shared = [];

    public void ReadModels(Section city)
    {
        foreach (var (name, node) in city.Entries("sensorModels"))
        {
            if (!Names.IsId(name.Text))
            {
                problems.Add(name, $"'{name.Text}' is no id: lower-case letters, digits and '-', at most 64 characters");
            }

            _models[name.Text] = ReadLists(new Section(node, "a sensor model", ["datastreams", "rules"], problems));
        }
    }

    public ImmutableArray<SensorDefinition> ReadSensors(Section city)
    {
        var items = city.Items("sensors");
        var sensors = ImmutableArray.CreateBuilder<SensorDefinition>(items.Count);
        foreach (var item in items)
        {
            var section = new Section(item, "a sensor", SensorKeys, problems);
            if (item.Kind == YamlKind.Mapping)
            {
                sensors.Add(ReadSensor(section));
            }
        }

        return sensors.ToImmutable();
    }

    public SensorDefinition ReadSensor(Section section)
    {
        var id = section.Id("id");
        var gateway = section.Reference("gateway", "gateway", registered.Gateways);
        var district = section.Reference("district", "district", registered.Districts);
        var asset = section.Find("asset") is null ? null : section.Reference("asset", "asset", registered.Assets);
        var (datastreams, rules) = ReadLists(section, registered.Retention.GetValueOrDefault(district, DatastreamReader.MaxRetentionDays));
        var sensor = new SensorDefinition(
            id,
            gateway,
            district,
            section.Text("name"),
            asset,
            section.Reference("office", "office", registered.Offices),
            section.Position("location"),
            datastreams,
            rules);
        var key = $"{gateway}/{id}";
        if (!registered.Sensors.TryAdd(key, sensor))
        {
            section.Problem("id", $"the sensor '{key}' stands in line {_sensorNodes[key].Line} already");
        }

        _sensorNodes.TryAdd(key, section.Node);
        return sensor;
    }

    private (ImmutableArray<DatastreamDefinition> Datastreams, ImmutableArray<RuleDefinition> Rules) ReadLists(Section section, int retentionDays)
    {
        var name = section.OptionalText("model");
        var model = SensorModel.Empty;
        if (name is not null && !_models.TryGetValue(name, out model))
        {
            section.Problem("model", $"there is no sensor model '{name}'{Spelling.Hint(name, _models.Keys)}");
            return ([], []);
        }

        var own = section.Find("datastreams") is null && section.Find("rules") is null ? SensorModel.Empty : ReadLists(section);
        if (name is null || !own.IsEmpty)
        {
            return Combine(section, model!, own, retentionDays);
        }

        if (!_shared.TryGetValue((name, retentionDays), out var shared))
        {
            shared = Combine(section, model!, own, retentionDays);
            _shared[(name, retentionDays)] = shared;
        }

        return shared;
    }

    private (ImmutableArray<DatastreamDefinition> Datastreams, ImmutableArray<RuleDefinition> Rules) Combine(
        Section section, SensorModel model, SensorModel own, int retentionDays)
    {
        var streams = model.Datastreams.Where(m => !own.Datastreams.Any(o => IsSame(o.Datastream.Property, m.Datastream.Property)))
            .Concat(own.Datastreams)
            .ToList();
        var rules = model.Rules.Where(m => !own.Rules.Any(o => IsSame(o.Rule.Id, m.Rule.Id))).Concat(own.Rules).ToList();
        if (streams.Count is 0 or > MaxDatastreams)
        {
            problems.Add(section.Node, $"a sensor has 1 … {MaxDatastreams} datastreams, of its own or of its model; this one has {streams.Count}");
        }

        foreach (var (stream, node) in streams)
        {
            if (stream.RetentionDays > retentionDays)
            {
                problems.Add(
                    own.Datastreams.Contains((stream, node)) ? node : section.Node,
                    $"'{stream.Property}' is kept {stream.RetentionDays} days; its district keeps at most {retentionDays}");
            }
        }

        RuleReader.CheckProperties(rules, [.. streams.Select(s => s.Datastream.Property)], "the sensor", problems);
        var datastreams = streams.Select(s => s.Datastream.RetentionDays == 0 ? s.Datastream with { RetentionDays = retentionDays } : s.Datastream);
        return ([.. datastreams], [.. rules.Select(r => r.Rule)]);
    }

    private SensorModel ReadLists(Section section)
    {
        var datastreams = ImmutableArray.CreateBuilder<(DatastreamDefinition Datastream, YamlNode Node)>();
        foreach (var item in section.Items("datastreams"))
        {
            var stream = DatastreamReader.Read(item, problems);
            if (datastreams.Any(d => IsSame(d.Datastream.Property, stream.Property)))
            {
                problems.Add(item, $"the property '{stream.Property}' stands twice");
            }

            datastreams.Add((stream, item));
        }

        var rules = ImmutableArray.CreateBuilder<(RuleDefinition Rule, YamlNode Node)>();
        foreach (var item in section.Items("rules"))
        {
            var rule = RuleReader.Read(item, registered, problems);
            if (rules.Any(r => IsSame(r.Rule.Id, rule.Id)))
            {
                problems.Add(item, $"the rule '{rule.Id}' stands twice");
            }

            rules.Add((rule, item));
        }

        return new SensorModel(datastreams.ToImmutable(), rules.ToImmutable());
    }

    private static bool IsSame(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
