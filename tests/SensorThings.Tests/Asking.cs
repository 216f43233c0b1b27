using System.Net;

namespace SensorThings.Tests;

/// <summary>Asks and reads answers.</summary>
internal static class Asking
{
    public static async Task<JsonNode> GetAsync(this HttpClient client, string path, int status)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), StaCity.Token);
        var text = await answer.Content.ReadAsStringAsync(StaCity.Token);
        Assert.True((int)answer.StatusCode == status, $"{path}: {(int)answer.StatusCode} {text}");
        var json = JsonNode.Parse(text)!;
        if (status >= 400)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(status, json["code"]!.GetValue<int>());
            Assert.Equal(json["detail"]!.GetValue<string>(), json["message"]!.GetValue<string>());
        }

        return json;
    }

    public static Task<JsonNode> JsonAsync(this HttpClient client, string path) => client.GetAsync(path, 200);

    public static async Task<JsonNode[]> ValuesAsync(this HttpClient client, string path) => [.. (await client.JsonAsync(path))["value"]!.AsArray().Select(n => n!)];

    public static async Task<(HttpStatusCode Status, string Text)> TextAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), StaCity.Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(StaCity.Token));
    }

    /// <summary>A number as plain text.</summary>
    public static async Task<long> NumberAsync(this HttpClient client, string path)
    {
        var (status, text) = await client.TextAsync(path);
        Assert.True(status == HttpStatusCode.OK, text);
        return long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The id of the first entity that the filter finds.</summary>
    public static async Task<long> IdAsync(this HttpClient client, string set, string filter)
    {
        var found = await client.ValuesAsync($"{set}?$filter={Uri.EscapeDataString(filter)}");
        Assert.True(found.Length > 0, $"{set}: nothing found by {filter}");
        return found[0].Id();
    }

    /// <summary>The id of a registered datastream's entity.</summary>
    public static Task<long> StreamAsync(this HttpClient client, string stream) => client.IdAsync("Datastreams", $"properties/registryId eq 'stream/g/{stream}'");

    public static long Id(this JsonNode entity) => entity["@iot.id"]!.GetValue<long>();

    public static string Name(this JsonNode entity) => entity["name"]!.GetValue<string>();

    /// <summary>All pages' entities, by following the links.</summary>
    public static async Task<List<JsonNode>> AllAsync(this HttpClient client, string path)
    {
        var all = new List<JsonNode>();
        for (var next = path; next is not null;)
        {
            var page = await client.JsonAsync(next);
            all.AddRange(page["value"]!.AsArray().Select(n => n!));
            next = page["@iot.nextLink"]?.GetValue<string>();
            Assert.InRange(all.Count, 0, 10_000);
        }

        return all;
    }
}
