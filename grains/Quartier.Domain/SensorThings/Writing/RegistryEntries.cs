using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Writes what the API registers in the form of the registry's file (docs/registry.md).</summary>
public static class RegistryEntries
{
    /// <summary>Keys of a datastream in the file that the member <c>registry</c> of a Datastream's properties may give.</summary>
    public static ImmutableArray<string> OwnKeys { get; } =
        ["class", "interval", "min", "max", "maxStep", "stuckAfter", "lateness", "retentionDays", "question", "sumInDistrict", "codes"];

    /// <summary>The member of a Datastream's properties that the registry takes.</summary>
    public const string OwnMember = "registry";

    // Not for web pages: what is written here is read again by the registry, and shown to people as YAML.
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A Thing as an asset.</summary>
    public static RegistryAddition Asset(string id, string district, string office, string name, Location? location)
    {
        var entry = new JsonObject
        {
            ["id"] = id,
            ["type"] = RegistryDoors.ThingType,
            ["district"] = district,
            ["name"] = name,
            ["office"] = office,
        };
        return new(RegistryAdditionKind.Asset, id, Text(At(entry, location)));
    }

    /// <summary>A Datastream or MultiDatastream as a sensor.</summary>
    public static RegistryAddition Sensor(string id, string name, RegistrySite site, IEnumerable<JsonObject> datastreams)
    {
        var entry = new JsonObject
        {
            ["id"] = id,
            ["gateway"] = RegistryDoors.Gateway,
            ["district"] = site.District,
            ["name"] = name,
            ["office"] = site.Office,
        };
        if (site.Asset is not null)
        {
            entry["asset"] = site.Asset;
        }

        At(entry, site.At)["datastreams"] = new JsonArray([.. datastreams]);
        return new(RegistryAdditionKind.Sensor, $"{RegistryDoors.Gateway}/{id}", Text(entry));
    }

    /// <summary>One datastream of a sensor.</summary>
    /// <param name="property">Its property.</param>
    /// <param name="name">For people.</param>
    /// <param name="unit">UCUM code.</param>
    /// <param name="question">What it answers.</param>
    /// <param name="type">The observation type: truth values get codes.</param>
    /// <param name="own">What its properties say for the registry; null for nothing.</param>
    public static JsonObject Datastream(string property, string name, string unit, string question, string type, JsonObject? own)
    {
        var entry = new JsonObject { ["property"] = property, ["name"] = name, ["unit"] = unit, ["question"] = Short(question, name) };
        if (type is ObservationTypes.Truth)
        {
            entry["codes"] = new JsonArray(Code("false", 0, "falsch"), Code("true", 1, "wahr"));
        }

        foreach (var (key, value) in own ?? [])
        {
            entry[key] = value?.DeepClone();
        }

        return entry;
    }

    /// <summary>An entry with other members; a null one is taken away.</summary>
    public static RegistryAddition With(RegistryAddition addition, params ReadOnlySpan<(string Member, JsonNode? Value)> members)
    {
        var entry = JsonNode.Parse(addition.Text!)!.AsObject();
        foreach (var (member, value) in members)
        {
            if (value is null)
            {
                entry.Remove(member);
            }
            else
            {
                entry[member] = value;
            }
        }

        return addition with { Text = Text(entry) };
    }

    /// <summary>A position as the file writes it; null for none.</summary>
    public static JsonNode? Position(Location? location) =>
        location is { } at ? new JsonArray(JsonValue.Create(at.Longitude), JsonValue.Create(at.Latitude)) : null;

    private static JsonObject Code(string label, int code, string german) =>
        new() { ["label"] = label, ["code"] = code, ["text"] = new JsonObject { ["de"] = german, ["en"] = label } };

    private static JsonObject At(JsonObject entry, Location? location)
    {
        if (Position(location) is { } at)
        {
            entry["location"] = at;
        }

        return entry;
    }

    private static string Short(string question, string name)
    {
        var text = string.IsNullOrWhiteSpace(question) ? name : question;
        return text.Length <= BodyLimits.MaxName ? text : text[..BodyLimits.MaxName];
    }

    private static string Text(JsonObject entry) => entry.ToJsonString(s_options);
}
