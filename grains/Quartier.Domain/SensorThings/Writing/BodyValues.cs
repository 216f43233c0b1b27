using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Reads values of properties.</summary>
internal static class BodyValues
{
    private static readonly string[] s_unitMembers = ["name", "symbol", "definition"];

    /// <summary>The value; null with what is wrong.</summary>
    public static EntityValue? Read(JsonElement value, EntityProperty property, out string? problem)
    {
        problem = null;
        if (value.ValueKind == JsonValueKind.Null)
        {
            return EntityValue.Null;
        }

        return property.Type switch
        {
            ValueKind.Text => ReadText(value, property.Name, out problem),
            ValueKind.Instant => ReadInstant(value, out problem),
            ValueKind.Geometry => ReadGeometry(value, out problem),
            _ => ReadJson(value, property.Name, out problem),
        };
    }

    private static EntityValue? ReadText(JsonElement value, string name, out string? problem)
    {
        var most = name is "name" ? BodyLimits.MaxName : BodyLimits.MaxText;
        if (value.ValueKind != JsonValueKind.String)
        {
            problem = "a text is expected";
            return null;
        }

        var text = value.GetString()!;
        problem = text.Length > most ? $"it has {text.Length} characters; at most {most} are taken"
            : name is "name" && string.IsNullOrWhiteSpace(text) ? "it must not be empty"
            : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? "it holds control characters" : null;
        return problem is null ? EntityValue.Of(text) : null;
    }

    private static EntityValue? ReadInstant(JsonElement value, out string? problem)
    {
        if (value.ValueKind == JsonValueKind.String && BodyTimes.TryInstant(value.GetString(), out var ms))
        {
            problem = null;
            return EntityValue.Instant(ms);
        }

        problem = $"{BodyTimes.Expected}, is expected";
        return null;
    }

    private static EntityValue? ReadGeometry(JsonElement value, out string? problem)
    {
        problem = TooLong(value) ?? BodyGeometry.Problem(value);
        return problem is null ? EntityValue.Geometry(value.GetRawText()) : null;
    }

    private static EntityValue? ReadJson(JsonElement value, string name, out string? problem)
    {
        problem = TooLong(value) ?? name switch
        {
            "properties" when value.ValueKind != JsonValueKind.Object => "a JSON object is expected",
            "unitOfMeasurement" => UnitProblem(value),
            "unitOfMeasurements" => ListProblem(value, UnitProblem),
            "multiObservationDataTypes" => ListProblem(value, TypeProblem),
            _ => null,
        };
        return problem is null ? EntityValue.Json(value.GetRawText()) : null;
    }

    private static string? UnitProblem(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().All(m => s_unitMembers.Contains(m.Name, StringComparer.Ordinal) && m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
        && s_unitMembers.All(m => value.TryGetProperty(m, out _))
            ? null
            : "a unit is {\"name\": …, \"symbol\": …, \"definition\": …}, each a text or null (OGC 18-088, 8.2.4)";

    private static string? TypeProblem(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && ObservationTypes.Simple.Contains(value.GetString()!, StringComparer.Ordinal)
            ? null
            : $"an observation type is one of {string.Join(", ", ObservationTypes.Simple)}";

    private static string? ListProblem(JsonElement value, Func<JsonElement, string?> each) =>
        value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > BodyLimits.MaxComponents
            ? $"a list of 1 … {BodyLimits.MaxComponents} is expected, one for each component"
            : value.EnumerateArray().Select(each).FirstOrDefault(p => p is not null);

    private static string? TooLong(JsonElement value) =>
        value.GetRawText().Length > BodyLimits.MaxJson ? $"it has more than {BodyLimits.MaxJson} characters" : null;
}
