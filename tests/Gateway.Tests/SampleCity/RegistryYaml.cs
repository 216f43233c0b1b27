using YamlDotNet.RepresentationModel;

namespace Gateway.Tests.SampleCity;

/// <summary>Reads a registry file as plain YAML, without the platform's own parser.</summary>
internal sealed class RegistryYaml
{
    private readonly YamlMappingNode root;

    public RegistryYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        root = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    public string City => Text(root, "city")!;

    public IReadOnlyList<YamlMappingNode> Sensors => List(root, "sensors");

    public IReadOnlyList<YamlMappingNode> Assets => List(root, "assets");

    public IReadOnlyList<YamlMappingNode> Districts => List(root, "districts");

    public IReadOnlyList<YamlMappingNode> Gateways => List(root, "gateways");

    public IReadOnlyList<YamlMappingNode> AssetTypes => List(root, "assetTypes");

    public IReadOnlyList<YamlMappingNode> Offices => List(root, "offices");

    public static IReadOnlyList<YamlMappingNode> List(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var list) ? [.. ((YamlSequenceNode)list).Cast<YamlMappingNode>()] : [];

    public static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    public static double[] Numbers(YamlNode node) =>
        [.. ((YamlSequenceNode)node).Select(value => double.Parse(((YamlScalarNode)value).Value!, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>The model's datastreams and the sensor's own.</summary>
    public IReadOnlyList<YamlMappingNode> Datastreams(YamlMappingNode sensor) => [.. Of(sensor, "datastreams")];

    /// <summary>The model's rules and the sensor's own.</summary>
    public IReadOnlyList<YamlMappingNode> Rules(YamlMappingNode sensor) => [.. Of(sensor, "rules")];

    private IEnumerable<YamlMappingNode> Of(YamlMappingNode sensor, string key)
    {
        var model = Text(sensor, "model") is { } name ? (YamlMappingNode)((YamlMappingNode)root["sensorModels"])[name] : new YamlMappingNode();
        return List(model, key).Concat(List(sensor, key));
    }
}
