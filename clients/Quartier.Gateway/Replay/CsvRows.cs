using System.Globalization;
using System.Text;

namespace Quartier.Gateway.Replay;

/// <summary>
/// Reads a CSV file row by row (RFC 4180, one row a line: the city's files have no line ends within quotes), with places for reports.
/// </summary>
internal static class CsvRows
{
    /// <summary>All lines that are not blank, in the order of the file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The file's name, for places.</param>
    public static IEnumerable<CsvRow> Read(TextReader text, string name)
    {
        var content = text.ReadToEnd();
        var start = 0;
        for (var line = 1; start < content.Length; line++)
        {
            var end = content.IndexOf('\n', start);
            var stop = end < 0 ? content.Length : end;
            var row = content[start..stop].TrimEnd('\r');
            start = stop + 1;
            if (!string.IsNullOrWhiteSpace(row))
            {
                var cells = Split(row, out var isClosed);
                yield return new CsvRow(string.Create(CultureInfo.InvariantCulture, $"{name}:{line}"), cells, isClosed && end >= 0);
            }
        }
    }

    private static string[] Split(string row, out bool isClosed)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < row.Length; index++)
        {
            var letter = row[index];
            if (letter == '"' && quoted && index + 1 < row.Length && row[index + 1] == '"')
            {
                cell.Append(letter);
                index++;
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        cells.Add(cell.ToString());
        isClosed = !quoted;
        return [.. cells];
    }
}
