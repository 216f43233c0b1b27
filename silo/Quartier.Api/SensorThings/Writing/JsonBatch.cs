using System.Text;
using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>The JSON form of batches (OASIS OData JSON Format 4.01, 19).</summary>
internal static class JsonBatch
{
    public static Outcome<List<BatchItem>> Read(ReadOnlyMemory<byte> body)
    {
        using var document = BodyReader.Parse(body, out var wrong);
        if (document is null)
        {
            return WriteProblems.Body(wrong!);
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("requests", out var requests)
            || requests.ValueKind != JsonValueKind.Array || requests.GetArrayLength() > BatchLimits.MaxRequests)
        {
            return WriteProblems.Bad($"A batch is {{\"requests\": [{{\"id\": …, \"method\": …, \"url\": …}}, …]}}, at most {BatchLimits.MaxRequests} of them.");
        }

        var items = new List<BatchItem>();
        foreach (var request in requests.EnumerateArray())
        {
            if (Item(request) is not { } item || items.Exists(i => i.Id == item.Id))
            {
                return WriteProblems.Bad($"'requests[{items.Count}]': each has 'id' (unique), 'method' and 'url' as texts, and may have 'headers', 'body', 'atomicityGroup' and 'dependsOn'.");
            }

            items.Add(item);
        }

        return items;
    }

    public static async Task WriteAsync(HttpContext context, IReadOnlyList<BatchAnswer> answers)
    {
        context.Response.ContentType = "application/json";
        var json = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteStartArray("responses"u8);
            foreach (var answer in answers)
            {
                Write(json, answer);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static BatchItem? Item(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object || Text(request, "id") is not { Length: > 0 } id
            || Text(request, "method") is not { } method || Text(request, "url") is not { } url)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (request.TryGetProperty("headers", out var written) && written.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in written.EnumerateObject().Take(BatchLimits.MaxHeaders).Where(h => h.Value.ValueKind == JsonValueKind.String))
            {
                headers[header.Name] = header.Value.GetString()!;
            }
        }

        headers.TryAdd("Content-Type", "application/json");
        var body = request.TryGetProperty("body", out var content) ? Encoding.UTF8.GetBytes(content.GetRawText()) : [];
        string[] depends = request.TryGetProperty("dependsOn", out var on) && on.ValueKind == JsonValueKind.Array
            ? [.. on.EnumerateArray().Where(d => d.ValueKind == JsonValueKind.String).Select(d => d.GetString()!)]
            : [];
        return new(id, method.ToUpperInvariant(), url, headers, body, Text(request, "atomicityGroup"), depends);
    }

    private static void Write(Utf8JsonWriter json, BatchAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id);
        if (answer.Group is not null)
        {
            json.WriteString("atomicityGroup"u8, answer.Group);
        }

        json.WriteNumber("status"u8, answer.Status);
        if (answer.Headers.Count > 0)
        {
            json.WriteStartObject("headers"u8);
            foreach (var (name, value) in answer.Headers)
            {
                json.WriteString(name.ToLowerInvariant(), value);
            }

            json.WriteEndObject();
        }

        if (!answer.Body.IsEmpty)
        {
            json.WritePropertyName("body"u8);
            var isJson = answer.Headers.Any(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && h.Value.Contains("json", StringComparison.OrdinalIgnoreCase));
            if (isJson)
            {
                json.WriteRawValue(answer.Body.Span);
            }
            else
            {
                json.WriteStringValue(Encoding.UTF8.GetString(answer.Body.Span));
            }
        }

        json.WriteEndObject();
    }

    private static string? Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
