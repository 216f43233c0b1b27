using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings.Registered;

/// <summary>Values of registered entities.</summary>
internal static class EntityText
{
    /// <summary>Media type of GeoJSON (RFC 7946).</summary>
    public const string GeoJson = "application/geo+json";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static EntityValue Json(JsonNode node) => EntityValue.Json(node.ToJsonString(Readable));

    public static EntityValue Point(Location place) => EntityValue.Geometry(
        string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"Point\",\"coordinates\":[{place.Longitude:R},{place.Latitude:R}]}}"));

    public static JsonObject Both(BilingualText text) => new() { ["de"] = text.De, ["en"] = text.En };

    /// <summary>Settings by the names of the kind's properties.</summary>
    public static ImmutableArray<PropertySetting> Settings(EntityKind kind, params ReadOnlySpan<(string Name, EntityValue Value)> values)
    {
        var type = EntityTypes.Of(kind);
        var settings = ImmutableArray.CreateBuilder<PropertySetting>(values.Length);
        foreach (var (name, value) in values)
        {
            settings.Add(new PropertySetting(type.Property(name)!, value));
        }

        return settings.MoveToImmutable();
    }

    public static RegisteredLink Link(EntityKind kind, string relation, string key) => new(EntityTypes.Of(kind).Navigation(relation)!, key);
}
