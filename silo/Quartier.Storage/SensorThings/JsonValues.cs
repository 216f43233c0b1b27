using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Values within JSON that an Observation holds.</summary>
internal static class JsonValues
{
    /// <summary>The value at a path of names and, in lists, places; null where there is none.</summary>
    public static EntityValue At(string json, ImmutableArray<string> path)
    {
        using var document = JsonDocument.Parse(json);
        var at = document.RootElement;
        foreach (var name in path)
        {
            if (Below(at, name) is not { } below)
            {
                return EntityValue.Null;
            }

            at = below;
        }

        return at.ValueKind switch
        {
            JsonValueKind.Number => at.TryGetInt64(out var whole) ? EntityValue.Of(whole) : EntityValue.Of(at.GetDouble()),
            JsonValueKind.String => EntityValue.Of(at.GetString()),
            JsonValueKind.True or JsonValueKind.False => EntityValue.Of(at.ValueKind == JsonValueKind.True),
            JsonValueKind.Object or JsonValueKind.Array => EntityValue.Json(at.GetRawText()),
            _ => EntityValue.Null,
        };
    }

    private static JsonElement? Below(JsonElement at, string name) => at.ValueKind switch
    {
        JsonValueKind.Object when at.TryGetProperty(name, out var member) => member,
        JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < at.GetArrayLength() => at[place],
        _ => null,
    };
}
