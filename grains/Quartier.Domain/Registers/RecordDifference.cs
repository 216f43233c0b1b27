using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Quartier.Domain.Registers;

/// <summary>
/// Where two records differ. Entries of lists are matched by their ids, so that one that was added moves no other; a list of plain texts is one value.
/// </summary>
public sealed class RecordDifference
{
    /// <summary>Changes beyond these are counted, not listed: nobody reads more.</summary>
    public const int MaxChanges = 10_000;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly ImmutableArray<RecordChange>.Builder _changes = ImmutableArray.CreateBuilder<RecordChange>();

    private RecordDifference()
    {
    }

    /// <summary>The changes, in the order of the newer record; what went follows what stayed.</summary>
    public ImmutableArray<RecordChange> Changes => _changes.ToImmutable();

    /// <summary>How many more there are.</summary>
    public int More { get; private set; }

    /// <summary>Compares two records of the same kind.</summary>
    /// <param name="before">JSON of the older one; null when there is none: then all of the newer one is new.</param>
    /// <param name="after">JSON of the newer one.</param>
    /// <exception cref="JsonException">One of them is no JSON.</exception>
    public static RecordDifference Between(string? before, string after)
    {
        var difference = new RecordDifference();
        using var newer = JsonDocument.Parse(after);
        if (before is null)
        {
            difference.CompareObjects(string.Empty, default, newer.RootElement);
            return difference;
        }

        using var older = JsonDocument.Parse(before);
        difference.Compare(string.Empty, older.RootElement, newer.RootElement);
        return difference;
    }

    private void Compare(string path, JsonElement before, JsonElement after)
    {
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            CompareObjects(path, before, after);
        }
        else if (HasIds(before) && HasIds(after) && before.GetArrayLength() + after.GetArrayLength() > 0)
        {
            CompareLists(path, before, after);
        }
        else if (Text(before) is var was && Text(after) is var now && !string.Equals(was, now, StringComparison.Ordinal))
        {
            Add(path, was, now);
        }
    }

    private void CompareObjects(string path, JsonElement before, JsonElement after)
    {
        var prefix = path.Length == 0 ? path : path + ".";
        foreach (var property in after.EnumerateObject())
        {
            if (before.ValueKind == JsonValueKind.Object && before.TryGetProperty(property.Name, out var older))
            {
                Compare(prefix + property.Name, older, property.Value);
            }
            else
            {
                Add(prefix + property.Name, null, Text(property.Value));
            }
        }

        foreach (var property in before.ValueKind == JsonValueKind.Object ? before.EnumerateObject() : default)
        {
            if (!after.TryGetProperty(property.Name, out _))
            {
                Add(prefix + property.Name, Text(property.Value), null);
            }
        }
    }

    private void CompareLists(string path, JsonElement before, JsonElement after)
    {
        // A stored text may hold an id twice: the last counts, and nothing fails.
        var older = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var item in before.EnumerateArray())
        {
            older[Id(item)] = item;
        }

        foreach (var item in after.EnumerateArray())
        {
            var id = Id(item);
            if (older.Remove(id, out var was))
            {
                Compare($"{path}[{id}]", was, item);
            }
            else
            {
                Add($"{path}[{id}]", null, Text(item));
            }
        }

        foreach (var (id, was) in older.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            Add($"{path}[{id}]", Text(was), null);
        }
    }

    private void Add(string path, string? before, string? after)
    {
        if (_changes.Count < MaxChanges)
        {
            _changes.Add(new(path, before, after));
        }
        else
        {
            More++;
        }
    }

    private static bool HasIds(JsonElement element) => element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(i =>
        i.ValueKind == JsonValueKind.Object && i.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String);

    private static string Id(JsonElement item) => item.GetProperty("id").GetString()!;

    private static string? Text(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.String:
                return element.GetString();
            default:
                using (var buffer = new MemoryStream())
                {
                    using (var writer = new Utf8JsonWriter(buffer, Readable))
                    {
                        element.WriteTo(writer);
                    }

                    return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
                }
        }
    }
}
