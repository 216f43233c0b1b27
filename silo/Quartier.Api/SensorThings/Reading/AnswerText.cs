using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quartier.Api.SensorThings.Answers;
using Quartier.Api.SensorThings.Formats;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Reading;

/// <summary>Writes what was found in the shape that was asked for.</summary>
internal static class AnswerText
{
    private const string Plain = "text/plain; charset=utf-8";

    public static IResult Write(ParsedQuery asked, ShownPage page, EntityLinks links, string? nextLink) => asked.Path.End switch
    {
        PathEnd.Count => new EntityAnswer(Encoding.UTF8.GetBytes((page.Count ?? 0).ToString(CultureInfo.InvariantCulture)), Plain),
        PathEnd.References => Json(json => References(json, asked, page, links, nextLink)),
        PathEnd.Property => OfProperty(asked.Path, page.Items[0]),
        PathEnd.Value => OfValue(asked.Path, page.Items[0]),
        _ => Entities(asked, page, links, nextLink),
    };

    private static IResult Entities(ParsedQuery asked, ShownPage page, EntityLinks links, string? nextLink)
    {
        switch (asked.Options.Format)
        {
            case ResultFormat.DataArray:
                return Json(json => DataArray.Write(json, links, page, asked.Options, nextLink));
            case ResultFormat.Csv:
                var table = new ArrayBufferWriter<byte>();
                CsvTable.Write(table, page, asked.Options);
                return new LinkedAnswer(new EntityAnswer(table.WrittenMemory, CsvTable.ContentType), nextLink);
            case ResultFormat.GeoJson:
                return Json(json => GeoJsonFeatures.Write(json, page, asked.Options, nextLink), GeoJsonFeatures.ContentType);
            default:
                var entity = new EntityJson(links, new ExpandedPages());
                return asked.Path.IsSet
                    ? Json(json => entity.Write(json, page, asked.Options, nextLink))
                    : Json(json => entity.Write(json, page.Items[0], asked.Options), version: Version(page.Items[0]));
        }
    }

    private static long Version(Shown shown) => shown.Row is { } row ? ObservationVersion.Of(row) : shown.Entity!.Version;

    private static EntityAnswer Json(Action<Utf8JsonWriter> write, string contentType = EntityAnswer.Json, long version = 0)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, EntityJson.Options);
        write(json);
        json.Flush();
        return new EntityAnswer(buffer.WrittenMemory, contentType, version);
    }

    private static void References(Utf8JsonWriter json, ParsedQuery asked, ShownPage page, EntityLinks links, string? nextLink)
    {
        json.WriteStartObject();
        if (!asked.Path.IsSet)
        {
            json.WriteString("@iot.selfLink", links.Self(page.Items[0].Kind, page.Items[0].Id));
            json.WriteEndObject();
            return;
        }

        if (page.Count is { } count)
        {
            json.WriteNumber("@iot.count", count);
        }

        if (nextLink is not null)
        {
            json.WriteString("@iot.nextLink", nextLink);
        }

        json.WriteStartArray("value");
        foreach (var item in page.Items)
        {
            json.WriteStartObject();
            json.WriteString("@iot.selfLink", links.Self(item.Kind, item.Id));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A property with its name; 204 while it has no value (OGC 18-088, 9.2.5).</summary>
    private static IResult OfProperty(ResourcePath path, Shown shown) => Value(path, shown) is { } value
        ? Json(json => WriteProperty(json, path, value))
        : Results.NoContent();

    /// <summary>The property to which a path leads, with its name; null when it has no value.</summary>
    public static void WriteProperty(Utf8JsonWriter json, ResourcePath path, Shown shown) => WriteProperty(json, path, Value(path, shown));

    private static void WriteProperty(Utf8JsonWriter json, ResourcePath path, JsonNode? value)
    {
        json.WriteStartObject();
        json.WritePropertyName(path.Inside.IsEmpty ? Name(path.Property!) : path.Inside[^1]);
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary>The bare value: texts as they are, everything else as JSON (OGC 18-088, 9.2.6).</summary>
    private static IResult OfValue(ResourcePath path, Shown shown)
    {
        var value = Value(path, shown);
        if (value is JsonValue scalar)
        {
            var text = scalar.TryGetValue<string>(out var plain) ? plain : scalar.ToJsonString();
            return new EntityAnswer(Encoding.UTF8.GetBytes(text), Plain);
        }

        return value is null ? Results.NoContent() : Json(json => value.WriteTo(json));
    }

    private static string Name(EntityProperty property) => property.Index == 0 ? "@iot.id" : property.Name;

    private static JsonNode? Value(ResourcePath path, Shown shown)
    {
        var property = path.Property!;
        if (property.Index == 0)
        {
            return JsonValue.Create(shown.Id);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, EntityJson.Options))
        {
            if (shown.Row is null)
            {
                EntityJson.WriteValue(json, shown[property]);
            }
            else
            {
                ObservationJson.WriteValue(json, shown, property);
            }
        }

        return Selection.At(JsonNode.Parse(buffer.WrittenSpan), path.Inside);
    }
}
