using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SensorThings.Tests;

/// <summary>
/// The dashboard of <c>deploy/grafana</c> against a city, as the Infinity data source asks: it takes the query apart and encodes it anew, by which Go's net/url
/// loses every parameter with a bare semicolon, and finds columns by paths of tidwall/gjson, in which a dot leads into an object unless a backslash precedes it.
/// </summary>
public sealed partial class GrafanaDashboardTests(StaCity city)
{
    private const int TimeoutMs = 10_000;

    [Fact]
    public async Task Every_query_fills_all_of_its_columns()
    {
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(Dashboard(), StaCity.Token))!;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { ["__from:date:iso"] = "2026-07-01T00:00:00.000Z", ["__to:date:iso"] = "2026-07-02T00:00:00.000Z" };
        var variable = dashboard["templating"]!["list"]!.AsArray().Single()!;
        var choices = await RowsAsync(variable["query"]!["infinityQuery"]!, texts);
        var counter = choices.Single(c => (string?)c["__text"] == "Zählstelle Allee: Fahrräder");
        texts[(string)variable["name"]!] = Text(counter["__value"]!);

        foreach (var query in dashboard["panels"]!.AsArray().SelectMany(p => p!["targets"]!.AsArray()))
        {
            var rows = await RowsAsync(query!, texts);
            foreach (var column in query!["columns"]!.AsArray())
            {
                var values = rows.Select(r => r[(string)column!["text"]!]).OfType<JsonNode>().ToList();
                Assert.NotEmpty(values);
                Assert.All(values, v => Assert.True(IsOf((string)column!["type"]!, v), $"{column} is filled with {v}"));
            }
        }
    }

    private async Task<List<Dictionary<string, JsonNode?>>> RowsAsync(JsonNode query, Dictionary<string, string> texts)
    {
        var asked = Variable().Replace((string)query["url"]!, m => texts[m.Groups[1].Value]).Split('?', 2);
        var parameters = asked[1].Split('&').Where(p => !p.Contains(';', StringComparison.Ordinal)).Select(p => p.Split('=', 2).Select(WebUtility.UrlDecode).ToArray());
        var encoded = string.Join('&', parameters.Select(p => $"{WebUtility.UrlEncode(p[0])}={WebUtility.UrlEncode(p[1])}"));
        var answer = await city.Public.JsonAsync($"{city.Root}{asked[0]}?{encoded}");
        return
        [
            .. Find(answer, (string)query["root_selector"]!)!.AsArray().Select(row => query["columns"]!.AsArray()
                .ToDictionary(c => (string)c!["text"]!, c => Find(row, (string)c!["selector"]!), StringComparer.Ordinal)),
        ];
    }

    private static JsonNode? Find(JsonNode? node, string path)
    {
        foreach (var step in Dot().Split(path).Select(s => s.Replace("\\.", ".", StringComparison.Ordinal)))
        {
            node = node switch
            {
                JsonArray array when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var i) => i < array.Count ? array[i] : null,
                JsonObject o => o[step],
                _ => null,
            };
        }

        return node;
    }

    private static bool IsOf(string type, JsonNode value) => type switch
    {
        "number" => value.GetValueKind() == JsonValueKind.Number,
        "timestamp" => DateTimeOffset.TryParse((string?)value, CultureInfo.InvariantCulture, out _),
        "string" => value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number,
        _ => false,
    };

    private static string Text(JsonNode value) => value.ToJsonString().Trim('"');

    private static string Dashboard()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orleans.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No checkout with Orleans.sln above {AppContext.BaseDirectory}.");
        }

        return Path.Combine(directory.FullName, "deploy", "grafana", "dashboards", "quartier.json");
    }

    [GeneratedRegex(@"\$\{([^}]+)\}", RegexOptions.None, TimeoutMs)]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<!\\)\.", RegexOptions.None, TimeoutMs)]
    private static partial Regex Dot();
}
