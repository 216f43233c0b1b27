using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>What <c>$select</c> leaves of an entity.</summary>
internal static class Selection
{
    public static bool Shows(QueryOptions options, EntityProperty property) =>
        options.Select.IsEmpty || options.Select.Any(s => s.Property?.Index == property.Index && s.Property.Name == property.Name);

    /// <summary>The paths that are selected within a property; none when it is selected as a whole.</summary>
    public static List<ImmutableArray<string>> Within(QueryOptions options, EntityProperty property)
    {
        var paths = options.Select.Where(s => s.Property?.Name == property.Name).Select(s => s.Inside).ToList();
        return paths.Exists(p => p.IsEmpty) ? [] : paths;
    }

    /// <summary>An object with these paths alone; what does not exist is left out.</summary>
    public static JsonObject Part(JsonNode? whole, List<ImmutableArray<string>> paths)
    {
        var part = new JsonObject();
        foreach (var path in paths)
        {
            if (At(whole, path) is { } value)
            {
                Set(part, path, value.DeepClone());
            }
        }

        return part;
    }

    /// <summary>The value at a path of names and, in arrays, indexes; null when there is none.</summary>
    public static JsonNode? At(JsonNode? node, ImmutableArray<string> path)
    {
        foreach (var name in path)
        {
            node = node switch
            {
                JsonObject o => o[name],
                JsonArray a when int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var i) && i >= 0 && i < a.Count => a[i],
                _ => null,
            };
        }

        return node;
    }

    private static void Set(JsonObject part, ImmutableArray<string> path, JsonNode value)
    {
        var at = part;
        foreach (var name in path[..^1])
        {
            if (at[name] is not JsonObject below)
            {
                below = [];
                at[name] = below;
            }

            at = below;
        }

        at[path[^1]] = value;
    }
}
