using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quartier.Api.SensorThings.Answers;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Time;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>Writes entities as the JSON of the standard (OGC 18-088, 8.2.1 and 9.3).</summary>
/// <param name="links">Addresses.</param>
/// <param name="next">Address of the next page of an expanded relation.</param>
internal sealed class EntityJson(EntityLinks links, ExpandedPages next)
{
    /// <summary>What a page needs no escapes for stays readable; what could end a script is escaped.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>A page of a set.</summary>
    public void Write(Utf8JsonWriter json, ShownPage page, QueryOptions options, string? nextLink)
    {
        json.WriteStartObject();
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
            Write(json, item, options);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One entity.</summary>
    public void Write(Utf8JsonWriter json, Shown shown, QueryOptions options)
    {
        var type = EntityTypes.Of(shown.Kind);
        json.WriteStartObject();
        if (options.Select.IsEmpty || options.Select.Any(s => s.Property?.Index == 0))
        {
            json.WriteString("@iot.selfLink", links.Self(shown.Kind, shown.Id));
            json.WriteNumber("@iot.id", shown.Id);
        }

        foreach (var property in type.Properties.Where(p => p.Index > 0 && Selection.Shows(options, p)))
        {
            WriteProperty(json, shown, property, options);
        }

        foreach (var relation in type.Navigations)
        {
            WriteRelation(json, shown, relation, options);
        }

        json.WriteEndObject();
    }

    /// <summary>A property with its name; left out when it has no value and need not have one.</summary>
    public static void WriteProperty(Utf8JsonWriter json, Shown shown, EntityProperty property, QueryOptions options)
    {
        if (shown.Row is not null)
        {
            ObservationJson.Write(json, shown, property, options);
            return;
        }

        var value = shown[property];
        if (value.IsNull && !property.Required)
        {
            return;
        }

        json.WritePropertyName(property.Name);
        if (Selection.Within(options, property) is { Count: > 0 } inside && value.Text is { } text)
        {
            Selection.Part(JsonNode.Parse(text), inside).WriteTo(json);
        }
        else
        {
            WriteValue(json, value);
        }
    }

    /// <summary>A bare value.</summary>
    public static void WriteValue(Utf8JsonWriter json, EntityValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                json.WriteNullValue();
                break;
            case ValueKind.Boolean:
                json.WriteBooleanValue(value.Start != 0);
                break;
            case ValueKind.Whole:
                json.WriteNumberValue(value.Start);
                break;
            case ValueKind.Number:
                json.WriteNumberValue(value.Real);
                break;
            case ValueKind.Instant:
                json.WriteStringValue(IsoTime.Format(value.Start));
                break;
            case ValueKind.Interval:
                json.WriteStringValue($"{IsoTime.Format(value.Start)}/{IsoTime.Format(value.End)}");
                break;
            case ValueKind.Geometry or ValueKind.Json:
                json.WriteRawValue(value.Text!);
                break;
            default:
                json.WriteStringValue(value.Text);
                break;
        }
    }

    private void WriteRelation(Utf8JsonWriter json, Shown shown, Navigation relation, QueryOptions options)
    {
        if (shown.Sight is { } sight && relation.Target is EntityKind.Datastream or EntityKind.MultiDatastream && relation.Target != sight.Source.Kind)
        {
            return;
        }

        if (shown.Expanded.TryGetValue(relation, out var page) && options.Expand.FirstOrDefault(e => e.Relation == relation) is { } expanded)
        {
            WriteExpanded(json, shown, expanded, page);
        }
        else if (options.Select.IsEmpty || options.Select.Any(s => s.Relation == relation))
        {
            json.WriteString($"{relation.Name}@iot.navigationLink", links.Along(shown.Kind, shown.Id, relation));
        }
    }

    private void WriteExpanded(Utf8JsonWriter json, Shown shown, ExpandedRelation expanded, ShownPage page)
    {
        var relation = expanded.Relation;
        if (!relation.Many)
        {
            json.WritePropertyName(relation.Name);
            if (page.Items is [var one, ..])
            {
                Write(json, one, expanded.Options);
            }
            else
            {
                json.WriteNullValue();
            }

            return;
        }

        if (page.Count is { } count)
        {
            json.WriteNumber($"{relation.Name}@iot.count", count);
        }

        if (page.Withheld is { } reason)
        {
            json.WriteString($"{relation.Name}@quartier.withheld", reason);
        }

        json.WriteStartArray(relation.Name);
        foreach (var item in page.Items)
        {
            Write(json, item, expanded.Options);
        }

        json.WriteEndArray();
        if (page.Next is { } position)
        {
            json.WriteString($"{relation.Name}@iot.nextLink", next.Of(links.Along(shown.Kind, shown.Id, relation), expanded.Options, position));
        }
    }
}
