using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quartier.Domain.Registry;

namespace Domain.Tests.Policies;

/// <summary>As much of JSON Schema as the published schemas use, over YAML: a keyword that it does not know fails.</summary>
internal sealed class SmallSchema(JsonElement root)
{
    private static readonly string[] Notes = ["$schema", "title", "description", "default", "$defs", "format"];

    public bool Accepts(YamlNode node) => Accepts(node, root);

    private bool Accepts(YamlNode node, JsonElement schema) =>
        schema.EnumerateObject().All(k => Notes.Contains(k.Name, StringComparer.Ordinal) || Holds(node, k.Name, k.Value, schema));

    private bool Holds(YamlNode node, string keyword, JsonElement value, JsonElement schema) => keyword switch
    {
        "$ref" => Accepts(node, root.GetProperty("$defs").GetProperty(value.GetString()!["#/$defs/".Length..])),
        "type" => IsOf(node, value.GetString()!),
        "required" => node.Kind != YamlKind.Mapping || value.EnumerateArray().All(k => node.Entries.Exists(e => e.Key.Text == k.GetString())),
        "properties" => node.Entries.TrueForAll(e => !value.TryGetProperty(e.Key.Text, out var inner) || Accepts(e.Value, inner)),
        "additionalProperties" => node.Entries.TrueForAll(e => schema.GetProperty("properties").TryGetProperty(e.Key.Text, out _)),
        "items" => node.Items.TrueForAll(i => Accepts(i, value)),
        "prefixItems" => node.Items.Zip(value.EnumerateArray()).All(p => Accepts(p.First, p.Second)),
        "minItems" => node.Kind != YamlKind.Sequence || node.Items.Count >= value.GetInt32(),
        "maxItems" => node.Items.Count <= value.GetInt32(),
        "uniqueItems" => node.Items.Select(i => i.Text).Distinct().Count() == node.Items.Count,
        "minLength" => node.Kind != YamlKind.Scalar || node.Text.Length >= value.GetInt32(),
        "maxLength" => node.Text.Length <= value.GetInt32(),
        "pattern" => !IsOf(node, "string") || Regex.IsMatch(node.Text, value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)),
        "enum" => value.EnumerateArray().Any(v => v.GetString() == node.Text),
        "const" => node.Kind == YamlKind.Scalar && node.Text == value.ToString(),
        "minimum" => !Section.TryNumber(node, out var number) || number >= value.GetDouble(),
        "maximum" => !Section.TryNumber(node, out var number) || number <= value.GetDouble(),
        "oneOf" => value.EnumerateArray().Count(v => Accepts(node, v)) == 1,
        "anyOf" => value.EnumerateArray().Any(v => Accepts(node, v)),
        _ => throw new NotSupportedException($"the keyword '{keyword}'"),
    };

    private static bool IsOf(YamlNode node, string type) => type switch
    {
        "object" => node.Kind == YamlKind.Mapping,
        "array" => node.Kind == YamlKind.Sequence,
        "boolean" => node is { Kind: YamlKind.Scalar, IsPlain: true, Text: "true" or "false" },
        "integer" => node is { Kind: YamlKind.Scalar, IsPlain: true } && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => node.IsPlain && Section.TryNumber(node, out _),
        "string" => node.Kind == YamlKind.Scalar && !(node.IsPlain && (IsOf(node, "boolean") || Section.TryNumber(node, out _))),
        _ => throw new NotSupportedException($"the type '{type}'"),
    };
}
