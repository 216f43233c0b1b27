using System.Text.Json;
using Domain.Tests.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Registry;

namespace Domain.Tests.Policies;

public sealed class PolicySchemaTests
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RegistryFileTests.Root(), "deploy", "schema", "policy.schema.json"))).RootElement;

    [Fact]
    public void The_published_schema_has_the_keys_that_are_read()
    {
        var definitions = Schema.GetProperty("$defs");
        AssertKeys(PolicyReader.Keys, Schema);
        AssertKeys(PolicyReader.PurposeKeys, definitions.GetProperty("purpose"));
        AssertKeys(StreamEntryReader.Keys, definitions.GetProperty("stream"));
        AssertKeys(StreamEntryReader.AnswerKeys, definitions.GetProperty("answers"));
        AssertKeys(RetentionReader.Keys, definitions.GetProperty("retention"));
        AssertKeys(GrantReader.Keys, definitions.GetProperty("grant"));
        AssertKeys(PolicyReader.DenialKeys, definitions.GetProperty("denial"));
        AssertKeys(PolicyReader.ContractKeys, definitions.GetProperty("contract"));
        AssertKeys(PolicyReader.ZoneKeys, definitions.GetProperty("zone"));
        AssertKeys(PolicyReader.PublicationKeys, definitions.GetProperty("publication"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Schema_and_reader_accept_and_refuse_the_same(bool isCity)
    {
        var sample = isCity ? PolicySamples.City : PolicySamples.District;
        AssertAgree(sample, expected: true);
        var lines = sample.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            // A key that nobody knows, and one whose value is of the wrong kind.
            AssertAgree(Replaced(lines, i, lines[i].Insert(colon, "x")), expected: false);
            var value = lines[i][(colon + 1)..].Split('#')[0].Trim();
            if (value.Length > 0 && value[0] is not '{')
            {
                AssertAgree(Replaced(lines, i, $"{lines[i][..colon]}: {{no: such}}"), expected: false);
                AssertAgree(Replaced(lines, i, $"{lines[i][..colon]}: ''"), expected: false);
            }
        }
    }

    [Theory]
    [InlineData("floor: raw", "floor: second")]
    [InlineData("scope: cell", "scope: area")]
    [InlineData("raw: P90D", "raw: P90H")]
    [InlineData("raw: P90D", "raw: 40000")]
    [InlineData("\"role:operator\"", "\"role:reader\"")]
    [InlineData("\"office:mobilitaet\"", "\"office:\"")]
    [InlineData("promenade/*/total", "promenade/total")]
    [InlineData("until: 2027-12-31  ", "until: tomorrow  ")]
    [InlineData("rowLimit: 100000", "rowLimit: 1000001")]
    [InlineData("redactions: [quality]", "redactions: [quality, quality]")]
    [InlineData("gridMetres: 500", "gridMetres: 249")]
    [InlineData("minimumUnits: 5", "minimumUnits: 1")]
    [InlineData("[7.60, 51.95], [7.65, 51.95]", "[7.60, 51.95, 3], [7.65, 51.95]")]
    public void Schema_and_reader_refuse_the_same_values(string found, string replacement) =>
        AssertAgree(PolicySamples.With(PolicySamples.City, found, replacement), expected: false);

    private static void AssertAgree(string yaml, bool expected)
    {
        var problems = new ProblemList();
        var root = YamlReader.Read(yaml, problems);
        Assert.NotNull(root);
        Assert.True(expected == PolicyFile.Read(yaml).Problems.IsEmpty, $"the reader thinks otherwise of:\n{yaml}");
        Assert.True(expected == new SmallSchema(Schema).Accepts(root), $"the schema thinks otherwise of:\n{yaml}");
    }

    private static string Replaced(string[] lines, int index, string line) => string.Join('\n', lines.Select((l, i) => i == index ? line : l));

    private static void AssertKeys(string[] keys, JsonElement definition) =>
        Assert.Equal(keys.Order(StringComparer.Ordinal), definition.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
}
