using System.Text.Json;
using Quartier.Api.SensorThings.Answers;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>A set as a GeoJSON FeatureCollection (RFC 7946), with properties laid flat so that map programs show them as columns.</summary>
internal static class GeoJsonFeatures
{
    public const string ContentType = "application/geo+json";

    /// <summary>The relation by which entities without a geometry of their own have a place.</summary>
    public static Navigation? Place(EntityKind kind) => kind switch
    {
        EntityKind.Thing => EntityTypes.Of(kind).Navigation("Locations"),
        EntityKind.HistoricalLocation => EntityTypes.Of(kind).Navigation("Locations"),
        EntityKind.Observation => EntityTypes.Of(kind).Navigation("FeatureOfInterest"),
        _ => null,
    };

    public static void Write(Utf8JsonWriter json, ShownPage page, QueryOptions options, string? nextLink)
    {
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        if (page.Count is { } count)
        {
            json.WriteNumber("@iot.count", count);
        }

        if (nextLink is not null)
        {
            json.WriteString("@iot.nextLink", nextLink);
        }

        json.WriteStartArray("features");
        foreach (var item in page.Items)
        {
            Write(json, item, options);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Shown shown, QueryOptions options)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteNumber("id", shown.Id);
        json.WritePropertyName("geometry");
        WriteGeometry(json, shown);
        json.WriteStartObject("properties");
        foreach (var (name, value) in FlatRow.Of(shown, options, geometries: false))
        {
            json.WritePropertyName(name);
            if (value is null)
            {
                json.WriteNullValue();
            }
            else
            {
                value.WriteTo(json);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Some clients store a whole Feature as a place: then its geometry counts.</summary>
    private static void WriteGeometry(Utf8JsonWriter json, Shown shown)
    {
        if (Geometry(shown) is not { } text)
        {
            json.WriteNullValue();
            return;
        }

        using var parsed = JsonDocument.Parse(text);
        (parsed.RootElement.TryGetProperty("geometry", out var inner) ? inner : parsed.RootElement).WriteTo(json);
    }

    private static string? Geometry(Shown shown)
    {
        var type = EntityTypes.Of(shown.Kind);
        if (shown.Entity is not null && type.Properties.FirstOrDefault(p => p.Type == ValueKind.Geometry) is { } own)
        {
            return shown[own].Text;
        }

        return Place(shown.Kind) is { } relation && shown.Expanded.TryGetValue(relation, out var page) && page.Items is [var place, ..] ? Geometry(place) : null;
    }
}
