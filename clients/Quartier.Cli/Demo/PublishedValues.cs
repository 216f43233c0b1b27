using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Quartier.Cli.Demo;

/// <summary>
/// A second reading of the city's files, for the check alone. It shares nothing with the replay, neither code nor libraries, so that a mistake
/// in the one is not repeated by the other: values by datastream (<c>gateway/sensor/property</c>) and time.
/// </summary>
internal sealed partial class PublishedValues
{
    private static readonly TimeSpan Summer = TimeSpan.FromHours(2);
    private static readonly TimeSpan Winter = TimeSpan.FromHours(1);
    private readonly Dictionary<string, Dictionary<long, double>> values = new(StringComparer.Ordinal);

    /// <summary>All datastreams with at least one value.</summary>
    public IReadOnlyCollection<string> Datastreams => values.Keys;

    /// <summary>Values in all.</summary>
    public long Count => values.Values.Sum(datastream => (long)datastream.Count);

    /// <summary>Values of a datastream by milliseconds since 1970-01-01T00:00:00Z; empty when it has none.</summary>
    public IReadOnlyDictionary<long, double> Of(string datastream) =>
        values.TryGetValue(datastream, out var found) ? found : new Dictionary<long, double>();

    public static PublishedValues Read(string directory)
    {
        var published = new PublishedValues();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(directory, "bicycle-counts"), "*.csv"))
        {
            published.AddStation(File.ReadAllLines(file));
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(directory, "parking"), "*.csv"))
        {
            published.AddDay(File.ReadAllLines(file));
        }

        return published;
    }

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z of a local time in Germany, which has summer time from the last Sunday of March 2:00
    /// to the last Sunday of October 3:00; the repeated hour counts as summer time.</summary>
    internal static long TimeMs(string text)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var isSummer = local >= LastSunday(local.Year, 3).AddHours(2) && local < LastSunday(local.Year, 10).AddHours(3);
        return new DateTimeOffset(local, isSummer ? Summer : Winter).ToUnixTimeMilliseconds();
    }

    /// <summary>The id of a station or car park.</summary>
    internal static string Id(string name)
    {
        var spelled = new StringBuilder(name.Trim().ToLowerInvariant())
            .Replace("ä", "ae").Replace("ö", "oe").Replace("ü", "ue").Replace("ß", "ss").ToString();
        return Others().Replace(spelled, "-").Trim('-');
    }

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, 31, 0, 0, 0, DateTimeKind.Unspecified);
        return last.AddDays(-(int)last.DayOfWeek);
    }

    private static string[] Cells(string line) =>
        [.. Cell().Matches(line).Select(match => match.Value.TrimStart(',').Trim().Trim('"').Trim())];

    private void AddStation(string[] lines)
    {
        var header = Cells(lines[0]);
        var channels = (header.Length - 1) / 2;
        var id = Id(Number().Replace(header[1], string.Empty)[..^1]);
        foreach (var cells in lines.Skip(1).Select(Cells))
        {
            for (var channel = 1; channel <= channels; channel++)
            {
                var property = channel == 1 ? "total" : "c" + header[channel].Split(' ')[0];
                if (cells[channel].Length > 0)
                {
                    Add($"{id}/{id}/{property}", cells[0], double.Parse(cells[channel], CultureInfo.InvariantCulture));
                }
            }
        }
    }

    private void AddDay(string[] lines)
    {
        var names = Cells(lines[0]);
        foreach (var cells in lines.Skip(2).Select(Cells))
        {
            for (var carPark = 1; carPark < names.Length; carPark++)
            {
                AddCarPark("parkleitsystem/" + Id(names[carPark]), cells[0], cells[carPark]);
            }
        }
    }

    /// <summary>Codes of the state are those of the sample city's registry: 0 open, 1 closed, 2 full.</summary>
    private void AddCarPark(string sensor, string time, string cell)
    {
        if (double.TryParse(cell, CultureInfo.InvariantCulture, out var free))
        {
            Add(sensor + "/free", time, free);
            Add(sensor + "/state", time, 0);
        }
        else if (cell is "ges" or "bes")
        {
            Add(sensor + "/state", time, cell == "ges" ? 1 : 2);
        }
    }

    private void Add(string datastream, string time, double value)
    {
        if (!values.TryGetValue(datastream, out var byTime))
        {
            values[datastream] = byTime = [];
        }

        byTime[TimeMs(time)] = value;
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Others();

    [GeneratedRegex(@"^[0-9]+ \(", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    /// <summary>A cell with the comma before it: quoted, or without commas.</summary>
    [GeneratedRegex("""(^|,)("[^"]*"|[^,]*)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cell();
}
