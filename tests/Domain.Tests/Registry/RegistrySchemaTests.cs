using System.Text.Json;
using Quartier.Domain.Registry;

namespace Domain.Tests.Registry;

public sealed class RegistrySchemaTests
{
    [Fact]
    public void The_published_schema_has_the_keys_that_are_read()
    {
        var root = RegistryFileTests.Root();
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "deploy", "schema", "registry.schema.json")));
        var definitions = schema.RootElement.GetProperty("$defs");
        AssertKeys(CityReader.Keys, schema.RootElement);
        AssertKeys(DatastreamReader.Keys, definitions.GetProperty("datastream"));
        AssertKeys(RuleReader.Keys, definitions.GetProperty("rule"));
        AssertKeys(SensorReader.SensorKeys, definitions.GetProperty("sensor"));
        AssertKeys(AssetTypeReader.Keys, definitions.GetProperty("assetType"));
        AssertKeys(CityReader.GatewayKeys, definitions.GetProperty("gateway"));
        AssertKeys(BridgeReader.Keys, definitions.GetProperty("bridge"));
        AssertKeys(DecoderReader.Keys, definitions.GetProperty("decoder"));
        AssertKeys(DecoderReader.TopicKeys, definitions.GetProperty("decoderTopic"));
        AssertKeys(DecoderReader.FieldKeys, definitions.GetProperty("decoderField"));
        var formats = definitions.GetProperty("decoder").GetProperty("properties").GetProperty("format").GetProperty("enum");
        Assert.Equal(DecoderReader.Words, formats.EnumerateArray().Select(w => w.GetString()!));
        AssertKeys(AssetReader.Keys, definitions.GetProperty("asset"));
    }

    private static void AssertKeys(string[] keys, JsonElement definition) =>
        Assert.Equal(keys.Order(StringComparer.Ordinal), definition.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
}
