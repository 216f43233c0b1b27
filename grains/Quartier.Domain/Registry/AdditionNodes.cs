using System.Text.Json;

namespace Quartier.Domain.Registry;

/// <summary>Reads an entry beside the file, which is JSON, into the nodes that the file's own readers take. It has no lines that anybody could look up.</summary>
internal static class AdditionNodes
{
    /// <summary>Deepest nesting: the format itself needs 6.</summary>
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The entry; null when it is no JSON object.</summary>
    public static YamlNode? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Node(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static YamlNode Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new(YamlKind.Mapping, 0, 0) { Entries = [.. element.EnumerateObject().Select(Entry)] },
        JsonValueKind.Array => new(YamlKind.Sequence, 0, 0) { Items = [.. element.EnumerateArray().Select(Node)] },
        JsonValueKind.String => new(YamlKind.Scalar, 0, 0) { Text = element.GetString()! },
        _ => new(YamlKind.Scalar, 0, 0) { Text = element.GetRawText(), IsPlain = true },
    };

    private static KeyValuePair<YamlNode, YamlNode> Entry(JsonProperty member) =>
        new(new(YamlKind.Scalar, 0, 0) { Text = member.Name }, Node(member.Value));
}
