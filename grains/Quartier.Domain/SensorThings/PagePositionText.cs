using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Positions between pages as text for <c>$skiptoken</c>: base64url of a JSON array. They hold nothing but what the page showed the order of.</summary>
public static class PagePositionText
{
    private const int MostCharacters = 8_192;

    /// <summary>The text.</summary>
    public static string Write(PagePosition position)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            json.WriteNumberValue(position.Id);
            foreach (var value in position.Values)
            {
                json.WriteNumberValue((int)value.Kind);
                Write(json, value);
            }

            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Reads a text with so many values, or null.</summary>
    public static PagePosition? Read(string text, int values)
    {
        if (text.Length > MostCharacters || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)));
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() != 1 + 2 * values || !Long(root[0], out var id))
            {
                return null;
            }

            var read = ImmutableArray.CreateBuilder<EntityValue>();
            for (var i = 1; i < root.GetArrayLength(); i += 2)
            {
                if (!Long(root[i], out var kind) || Value((ValueKind)Math.Clamp(kind, 0, byte.MaxValue), root[i + 1]) is not { } value)
                {
                    return null;
                }

                read.Add(value);
            }

            return new PagePosition(read.ToImmutable(), id);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair, which this server never writes.
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, EntityValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                json.WriteNullValue();
                break;
            case ValueKind.Number when double.IsFinite(value.Real):
                json.WriteNumberValue(value.Real);
                break;
            case ValueKind.Text:
                json.WriteStringValue(value.Text);
                break;
            case ValueKind.Interval:
                json.WriteStringValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Start}/{value.End}"));
                break;
            default:
                json.WriteNumberValue(value.Start);
                break;
        }
    }

    private static EntityValue? Value(ValueKind kind, JsonElement json) => (kind, json.ValueKind) switch
    {
        (ValueKind.Null, JsonValueKind.Null) => EntityValue.Null,
        (ValueKind.Number, JsonValueKind.Number) => json.TryGetDouble(out var number) ? EntityValue.Of(number) : null,
        (ValueKind.Text, JsonValueKind.String) => EntityValue.Of(json.GetString()),
        (ValueKind.Interval, JsonValueKind.String) => Span(json.GetString()!),
        (_, JsonValueKind.Number) when Long(json, out var whole) => kind switch
        {
            ValueKind.Boolean => EntityValue.Of(whole != 0),
            ValueKind.Whole => EntityValue.Of(whole),
            ValueKind.Instant => EntityValue.Instant(whole),
            ValueKind.Duration => EntityValue.Duration(whole),
            ValueKind.Date => EntityValue.Date(whole),
            ValueKind.TimeOfDay => EntityValue.TimeOfDay(whole),
            _ => null,
        },
        _ => null,
    };

    private static EntityValue? Span(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && long.TryParse(text.AsSpan(0, slash), out var start) && long.TryParse(text.AsSpan(slash + 1), out var end)
            ? EntityValue.Interval(start, end)
            : null;
    }

    private static bool Long(JsonElement json, out long value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out value);
    }
}
