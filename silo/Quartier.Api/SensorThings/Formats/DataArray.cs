using System.Text.Json;
using Quartier.Api.SensorThings.Answers;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>Observations as arrays, one group for each Datastream (OGC 18-088, 12).</summary>
internal static class DataArray
{
    private static readonly string[] Always = ["id", "phenomenonTime", "result", "resultTime"];

    private static readonly string[] Sometimes = ["resultQuality", "validTime", "parameters"];

    public static void Write(Utf8JsonWriter json, EntityLinks links, ShownPage page, QueryOptions options, string? nextLink)
    {
        var components = Components(page, options);
        json.WriteStartObject();
        if (page.Count is { } count)
        {
            json.WriteNumber("@iot.count", count);
        }

        json.WriteStartArray("value");
        foreach (var group in page.Items.GroupBy(i => (i.Sight!.Source.Kind, i.Sight.Source.Id)))
        {
            WriteGroup(json, links, group.Key.Kind, group.Key.Id, components, [.. group]);
        }

        json.WriteEndArray();
        if (nextLink is not null)
        {
            json.WriteString("@iot.nextLink", nextLink);
        }

        json.WriteEndObject();
    }

    /// <summary>Without a selection: what every Observation has, and what some of the page hold besides.</summary>
    private static List<EntityProperty> Components(ShownPage page, QueryOptions options)
    {
        var type = EntityTypes.Of(EntityKind.Observation);
        var selected = options.Select.Select(s => s.Property).OfType<EntityProperty>().Distinct().ToList();
        return selected.Count > 0 ? selected : [.. Always.Concat(Sometimes.Where(n => page.Items.Any(i => ObservationJson.HoldsOwn(i, n)))).Select(n => type.Property(n)!)];
    }

    private static void WriteGroup(Utf8JsonWriter json, EntityLinks links, EntityKind kind, long id, List<EntityProperty> components, List<Shown> items)
    {
        json.WriteStartObject();
        json.WriteString($"{EntityTypes.Of(kind).Name}@iot.navigationLink", links.Self(kind, id));
        json.WriteStartArray("components");
        components.ForEach(c => json.WriteStringValue(c.Name));
        json.WriteEndArray();
        json.WriteNumber("dataArray@iot.count", items.Count);
        json.WriteStartArray("dataArray");
        foreach (var item in items)
        {
            json.WriteStartArray();
            components.ForEach(c => ObservationJson.WriteValue(json, item, c));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
