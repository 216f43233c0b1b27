using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>What earlier requests of a batch have created, for the later ones that name it as <c>$id</c>.</summary>
internal sealed class BatchReferences
{
    private const string Root = "/v1.1/";

    private readonly Dictionary<string, WrittenEntity> _created = new(StringComparer.Ordinal);

    public void Add(string id, WrittenEntity created)
    {
        if (id.Length > 0)
        {
            _created[id] = created;
        }
    }

    /// <summary>Notes what a Location header names.</summary>
    public void Add(string id, string location)
    {
        var path = Below(location);
        var open = path.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && EntityTypes.OfSet(path[..open]) is { } type
            && long.TryParse(path[(open + 1)..].TrimEnd(')'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Add(id, new WrittenEntity(type.Kind, number));
        }
    }

    /// <summary>The address below the root, with references replaced; null when one names nothing that was created.</summary>
    public string? Path(string url)
    {
        var path = Below(url);
        if (!path.StartsWith('$') || path.StartsWith("$batch", StringComparison.Ordinal))
        {
            return path;
        }

        var end = path.IndexOfAny(['/', '?']);
        var id = end < 0 ? path[1..] : path[1..end];
        return _created.TryGetValue(id, out var entity) ? entity.Path + (end < 0 ? string.Empty : path[end..]) : null;
    }

    /// <summary>The body with ids in the place of references; as it is when it is no JSON.</summary>
    public ReadOnlyMemory<byte> Body(ReadOnlyMemory<byte> body)
    {
        if (_created.Count == 0 || body.Span.IndexOf("\"$"u8) < 0)
        {
            return body;
        }

        // What cannot be read is left to whoever says what is wrong with it.
        using var document = BodyReader.Parse(body, out _);
        if (document is null)
        {
            return body;
        }

        var node = JsonNode.Parse(body.Span);
        Replace(node);
        return Encoding.UTF8.GetBytes(node!.ToJsonString());
    }

    private static string Below(string url)
    {
        // Options may hold other addresses.
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var at = (question < 0 ? url : url[..question]).IndexOf(Root, StringComparison.Ordinal);
        return (at >= 0 ? url[(at + Root.Length)..] : url).TrimStart('/');
    }

    private void Replace(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Replace(item);
            }
        }
        else if (node is JsonObject map)
        {
            if (map["@iot.id"] is JsonValue value && value.TryGetValue<string>(out var text) && text.StartsWith('$') && _created.TryGetValue(text[1..], out var entity))
            {
                map["@iot.id"] = entity.Id;
            }

            foreach (var (_, member) in map)
            {
                Replace(member);
            }
        }
    }
}
