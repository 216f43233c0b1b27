using System.Buffers;
using System.Text.Json;
using Quartier.Api.SensorThings.Formats;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Root;

/// <summary>What is found at the root: the entity sets, and what the server does (OGC 18-088, 9.2.1).</summary>
internal static class RootDocument
{
    public static ReadOnlyMemory<byte> Write(EntityLinks links, string? mqtt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, EntityJson.Options);
        json.WriteStartObject();
        json.WriteStartArray("value");
        foreach (var type in EntityTypes.All)
        {
            json.WriteStartObject();
            json.WriteString("name", type.SetName);
            json.WriteString("url", links.Set(type.Kind));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("serverSettings");
        WriteConformance(json, mqtt);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteConformance(Utf8JsonWriter json, string? mqtt)
    {
        IReadOnlyList<string> overMqtt = mqtt is null ? [] : Conformance.OverMqtt;
        json.WriteStartArray("conformance");
        foreach (var requirement in Conformance.Reading.Concat(Conformance.Writing).Concat(overMqtt))
        {
            json.WriteStringValue(requirement);
        }

        json.WriteEndArray();
        foreach (var requirement in overMqtt)
        {
            json.WriteStartObject(requirement);
            json.WriteStartArray("endpoints");
            json.WriteStringValue(mqtt);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
