using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Changes of entities as text, for their way through the city's grain to the store: between silos too, and whatever the engine.</summary>
public static class ChangeText
{
    /// <summary>The text of the changes.</summary>
    public static string Write(ImmutableArray<EntityChange> changes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var change in changes)
            {
                Write(json, change);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The changes again.</summary>
    /// <exception cref="FormatException">The text is none that <see cref="Write(ImmutableArray{EntityChange})"/> made.</exception>
    public static ImmutableArray<EntityChange> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(Change)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The text holds no changes of entities.", error);
        }
    }

    private static void Write(Utf8JsonWriter json, EntityChange change)
    {
        json.WriteStartObject();
        json.WriteNumber("kind"u8, (int)change.Kind);
        json.WriteNumber("id"u8, change.Id);
        switch (change)
        {
            case EntityChange.Insert insert:
                json.WriteString("do"u8, "insert"u8);
                WriteOwner(json, insert.Owner);
                WriteValues(json, insert.Values);
                WriteLinks(json, insert.Links);
                json.WriteStartArray("numbers"u8);
                foreach (var number in insert.Numbers)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
                break;
            case EntityChange.Update update:
                json.WriteString("do"u8, "update"u8);
                WriteVersion(json, update.IfVersion);
                WriteValues(json, update.Values);
                WriteLinks(json, update.Links);
                break;
            case EntityChange.Delete delete:
                json.WriteString("do"u8, "delete"u8);
                WriteVersion(json, delete.IfVersion);
                if (delete.IsWithdrawn)
                {
                    json.WriteBoolean("withdrawn"u8, true);
                }

                break;
            case EntityChange.Connect connect:
                json.WriteString("do"u8, "connect"u8);
                WriteLinks(json, [connect.Link]);
                break;
            case EntityChange.Disconnect disconnect:
                json.WriteString("do"u8, "disconnect"u8);
                WriteLinks(json, [disconnect.Link]);
                break;
            case EntityChange.Observe observe:
                json.WriteString("do"u8, "observe"u8);
                json.WriteNumber("from"u8, observe.FromMs);
                json.WriteNumber("feature"u8, observe.Feature);
                break;
            default:
                throw new ArgumentException($"A change {change.GetType().Name} has no text.", nameof(change));
        }

        json.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter json, EntityOwner owner)
    {
        json.WriteString("city"u8, owner.City);
        json.WriteString("district"u8, owner.District);
        json.WriteString("key"u8, owner.RegistryKey);
    }

    private static void WriteVersion(Utf8JsonWriter json, long? version)
    {
        if (version is { } known)
        {
            json.WriteNumber("if"u8, known);
        }
    }

    private static void WriteValues(Utf8JsonWriter json, ImmutableArray<PropertySetting> values)
    {
        json.WriteStartObject("values"u8);
        foreach (var (property, value) in values)
        {
            json.WriteStartArray(property.Name);
            json.WriteNumberValue((int)value.Kind);
            switch (value.Kind)
            {
                case ValueKind.Null:
                    break;
                case ValueKind.Number:
                    json.WriteNumberValue(value.Real);
                    break;
                case ValueKind.Text or ValueKind.Geometry or ValueKind.Json:
                    json.WriteStringValue(value.Text);
                    break;
                default:
                    json.WriteNumberValue(value.Start);
                    json.WriteNumberValue(value.End);
                    break;
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, ImmutableArray<EntityLink> links)
    {
        json.WriteStartArray("links"u8);
        foreach (var (relation, target) in links)
        {
            json.WriteStartArray();
            json.WriteStringValue(relation.Name);
            json.WriteNumberValue(target);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static EntityChange Change(JsonElement json)
    {
        var (kind, id) = ((EntityKind)json.GetProperty("kind").GetInt32(), json.GetProperty("id").GetInt64());
        var type = EntityTypes.Of(kind);
        return json.GetProperty("do").GetString() switch
        {
            "insert" => new EntityChange.Insert(
                kind, id, Owner(json), Values(json, type), Links(json, type), [.. json.GetProperty("numbers").EnumerateArray().Select(n => n.GetInt32())]),
            "update" => new EntityChange.Update(kind, id, Version(json), Values(json, type), Links(json, type)),
            "delete" => new EntityChange.Delete(kind, id, Version(json)) { IsWithdrawn = json.TryGetProperty("withdrawn", out var withdrawn) && withdrawn.GetBoolean() },
            "connect" => new EntityChange.Connect(kind, id, Links(json, type)[0]),
            "disconnect" => new EntityChange.Disconnect(kind, id, Links(json, type)[0]),
            "observe" => new EntityChange.Observe(kind, id, json.GetProperty("from").GetInt64(), json.GetProperty("feature").GetInt64()),
            _ => throw new InvalidOperationException("Unknown kind of change."),
        };
    }

    private static EntityOwner Owner(JsonElement json) =>
        new(json.GetProperty("city").GetString()!, json.GetProperty("district").GetString(), json.GetProperty("key").GetString());

    private static long? Version(JsonElement json) => json.TryGetProperty("if", out var version) ? version.GetInt64() : null;

    private static ImmutableArray<PropertySetting> Values(JsonElement json, EntityType type) =>
        [.. json.GetProperty("values").EnumerateObject().Select(m => new PropertySetting(type.Property(m.Name)!, Value(m.Value)))];

    private static EntityValue Value(JsonElement json) => (ValueKind)json[0].GetInt32() switch
    {
        ValueKind.Null => EntityValue.Null,
        ValueKind.Boolean => EntityValue.Of(json[1].GetInt64() != 0),
        ValueKind.Whole => EntityValue.Of(json[1].GetInt64()),
        ValueKind.Number => EntityValue.Of(json[1].GetDouble()),
        ValueKind.Text => EntityValue.Of(json[1].GetString()),
        ValueKind.Geometry => EntityValue.Geometry(json[1].GetString()!),
        ValueKind.Json => EntityValue.Json(json[1].GetString()),
        ValueKind.Instant => EntityValue.Instant(json[1].GetInt64()),
        ValueKind.Interval => EntityValue.Interval(json[1].GetInt64(), json[2].GetInt64()),
        _ => throw new InvalidOperationException("Entities hold no such value."),
    };

    private static ImmutableArray<EntityLink> Links(JsonElement json, EntityType type) =>
        [.. json.GetProperty("links").EnumerateArray().Select(l => new EntityLink(type.Navigation(l[0].GetString()!)!, l[1].GetInt64()))];
}
