using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Applies a JSON Patch (RFC 6902) to a document; as a whole or not at all.</summary>
public static class JsonPatch
{
    /// <summary>Most operations of one patch: an entity has some ten members.</summary>
    public const int MaxOperations = 1_000;

    /// <summary>The document after the patch; null with what is wrong.</summary>
    /// <param name="document">Stays as it is.</param>
    /// <param name="patch">A list of operations.</param>
    /// <param name="problem">What is wrong; null with a document.</param>
    public static JsonNode? Apply(JsonNode document, JsonElement patch, out BodyProblem? problem)
    {
        problem = null;
        if (patch.ValueKind != JsonValueKind.Array || patch.GetArrayLength() > MaxOperations)
        {
            problem = new(string.Empty, $"a JSON Patch is a list of at most {MaxOperations} operations (RFC 6902)");
            return null;
        }

        var root = document.DeepClone();
        var index = 0;
        foreach (var operation in patch.EnumerateArray())
        {
            if (One(ref root, operation) is { } wrong)
            {
                problem = new($"[{index}]", wrong);
                return null;
            }

            index++;
        }

        return root;
    }

    private static string? One(ref JsonNode root, JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object || Text(operation, "op") is not { } word || Pointer(Text(operation, "path")) is not { } path)
        {
            return "an operation has 'op' and 'path', a JSON Pointer such as /properties/colour";
        }

        var hasValue = operation.TryGetProperty("value", out var value);
        switch (word)
        {
            case "add" or "replace" or "test" when !hasValue:
                return $"'{word}' needs 'value'";
            case "add":
                return Add(ref root, path, Node(value));
            case "remove":
                return Remove(ref root, path, out _);
            case "replace":
                return path.Length == 0 ? Add(ref root, path, Node(value)) : Remove(ref root, path, out _) ?? Add(ref root, path, Node(value));
            case "test":
                return Find(root, path, out var found) && JsonNode.DeepEquals(found, Node(value)) ? null : $"the test failed: {Shown(path)} is not the value";
            case "move" or "copy":
                return Move(ref root, path, operation, word is "move");
            default:
                return $"'{word}' is no operation: add, remove, replace, move, copy, test";
        }
    }

    private static string? Move(ref JsonNode root, string[] path, JsonElement operation, bool removes)
    {
        if (Pointer(Text(operation, "from")) is not { } from)
        {
            return "'move' and 'copy' need 'from', a JSON Pointer";
        }

        if (!Find(root, from, out var found))
        {
            return $"there is nothing at {Shown(from)}";
        }

        if (!removes)
        {
            return Add(ref root, path, found?.DeepClone());
        }

        if (path.Length > from.Length && path.AsSpan(0, from.Length).SequenceEqual(from))
        {
            return "a value cannot be moved into itself";
        }

        return Remove(ref root, from, out var removed) ?? Add(ref root, path, removed);
    }

    private static string? Add(ref JsonNode root, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            root = value!;
            return value is null ? "the document cannot become null" : null;
        }

        if (!Find(root, path[..^1], out var parent))
        {
            return $"there is nothing at {Shown(path[..^1])}";
        }

        switch (parent)
        {
            case JsonObject map:
                map[path[^1]] = value;
                return null;
            case JsonArray list when path[^1] is "-":
                list.Add(value);
                return null;
            case JsonArray list when Index(path[^1], list.Count + 1) is { } index:
                list.Insert(index, value);
                return null;
            default:
                return $"nothing can be added at {Shown(path)}";
        }
    }

    private static string? Remove(ref JsonNode root, string[] path, out JsonNode? removed)
    {
        removed = null;
        if (path.Length == 0 || !Find(root, path, out removed) || !Find(root, path[..^1], out var parent))
        {
            return $"there is nothing at {Shown(path)} that could be removed or replaced";
        }

        if (parent is JsonObject map)
        {
            map.Remove(path[^1]);
        }
        else if (parent is JsonArray list)
        {
            list.RemoveAt(Index(path[^1], list.Count)!.Value);
        }

        return null;
    }

    private static bool Find(JsonNode root, string[] path, out JsonNode? found)
    {
        found = root;
        foreach (var name in path)
        {
            switch (found)
            {
                case JsonObject map when map.TryGetPropertyValue(name, out var member):
                    found = member;
                    break;
                case JsonArray list when Index(name, list.Count) is { } index:
                    found = list[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static int? Index(string name, int count) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count && (name.Length == 1 || name[0] != '0') ? index : null;

    /// <summary>The names of a JSON Pointer (RFC 6901), or null when it is none.</summary>
    private static string[]? Pointer(string? text) => text switch
    {
        null => null,
        "" => [],
        _ when text[0] == '/' => [.. text[1..].Split('/').Select(n => n.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))],
        _ => null,
    };

    private static string Shown(string[] path) => path.Length == 0 ? "the document" : $"/{string.Join('/', path)}";

    private static JsonNode? Node(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(value.GetRawText());

    private static string? Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
