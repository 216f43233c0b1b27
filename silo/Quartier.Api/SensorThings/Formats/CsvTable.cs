using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Quartier.Api.SensorThings.Answers;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>A set as CSV (RFC 4180): one line for each entity, columns from all rows of the page, geometries as GeoJSON.</summary>
internal static class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    /// <summary>What a spreadsheet would take for the beginning of a formula.</summary>
    private const string FormulaStarts = "=+-@\t\r";

    public static void Write(IBufferWriter<byte> output, ShownPage page, QueryOptions options)
    {
        var rows = page.Items.Select(i => FlatRow.Of(i, options, geometries: true)).ToList();
        var columns = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in rows.SelectMany(r => r))
        {
            if (known.Add(name))
            {
                columns.Add(name);
            }
        }

        Line(output, columns.Select(Field));
        foreach (var row in rows)
        {
            var values = new Dictionary<string, JsonNode?>(row, StringComparer.Ordinal);
            Line(output, columns.Select(c => Field(values.GetValueOrDefault(c))));
        }
    }

    private static string Field(JsonNode? value) => value switch
    {
        null => string.Empty,
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => Field(Defused(text)),
        _ => Field(value.ToJsonString()),
    };

    /// <summary>A text that a spreadsheet would carry out is marked as a text.</summary>
    private static string Defused(string text) => text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Field(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void Line(IBufferWriter<byte> output, IEnumerable<string> fields)
    {
        Encoding.UTF8.GetBytes(string.Join(',', fields), output);
        output.Write("\r\n"u8);
    }
}
