using System.Text.Json;
using System.Text.Json.Nodes;
using Quartier.Api.SensorThings.Answers;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>An entity as one row of names and values, for tables and maps: objects are laid flat (<c>properties/office/id</c>), and so is what is expanded.</summary>
internal static class FlatRow
{
    /// <summary>Levels of objects that are laid flat; what lies deeper stays JSON.</summary>
    private const int DepthMax = 6;

    /// <summary>Names and values in the order of the standard; a value is a JSON scalar, or null.</summary>
    /// <param name="shown">The entity.</param>
    /// <param name="options">What was selected and expanded.</param>
    /// <param name="geometries">Whether geometries are among the values.</param>
    public static List<KeyValuePair<string, JsonNode?>> Of(Shown shown, QueryOptions options, bool geometries)
    {
        var row = new List<KeyValuePair<string, JsonNode?>>();
        Add(row, string.Empty, shown, options, geometries);
        return row;
    }

    private static void Add(List<KeyValuePair<string, JsonNode?>> row, string prefix, Shown shown, QueryOptions options, bool geometries)
    {
        foreach (var property in EntityTypes.Of(shown.Kind).Properties.Where(p => Selection.Shows(options, p)))
        {
            if (property.Index == 0)
            {
                row.Add(new(prefix + "id", JsonValue.Create(shown.Id)));
            }
            else if (property.Type != ValueKind.Geometry || geometries)
            {
                Add(row, prefix + property.Name, Node(shown, property, options), depth: 0, laysFlat: property.Type == ValueKind.Json);
            }
        }

        foreach (var expanded in options.Expand)
        {
            if (!shown.Expanded.TryGetValue(expanded.Relation, out var page))
            {
                continue;
            }

            for (var i = 0; i < page.Items.Count; i++)
            {
                var place = expanded.Relation.Many ? FormattableString.Invariant($"/{i}/") : "/";
                Add(row, $"{prefix}{expanded.Relation.Name}{place}", page.Items[i], expanded.Options, geometries);
            }
        }
    }

    private static void Add(List<KeyValuePair<string, JsonNode?>> row, string name, JsonNode? value, int depth, bool laysFlat)
    {
        if (!laysFlat || depth >= DepthMax || value is not JsonObject inner)
        {
            row.Add(new(name, value));
            return;
        }

        foreach (var (key, below) in inner)
        {
            Add(row, $"{name}/{key}", below?.DeepClone(), depth + 1, laysFlat);
        }
    }

    private static JsonNode? Node(Shown shown, EntityProperty property, QueryOptions options)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, EntityJson.Options))
        {
            json.WriteStartObject();
            EntityJson.WriteProperty(json, shown, property, options);
            json.WriteEndObject();
        }

        return JsonNode.Parse(buffer.WrittenSpan)![property.Name]?.DeepClone();
    }
}
