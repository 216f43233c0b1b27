using System.Text.Json.Nodes;

namespace Api.Tests.Fakes;

/// <summary>An open live line, read by its client. Every wait ends after 30 s.</summary>
internal sealed class Line(HttpResponseMessage response, StreamReader reader, CancellationTokenSource gone) : IAsyncDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(30);

    public static async Task<Line> OpenAsync(HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        var gone = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        gone.CancelAfter(Hung);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        headers.ToList().ForEach(h => request.Headers.TryAddWithoutValidation(h.Name, h.Value));
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, gone.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var line = new Line(response, new StreamReader(await response.Content.ReadAsStreamAsync(gone.Token)), gone);
        Assert.Equal([": watching", "retry: 3000"], await line.EventAsync());
        return line;
    }

    public async Task<string?> LineAsync() => await reader.ReadLineAsync(gone.Token);

    public async Task<List<string>> EventAsync()
    {
        var lines = new List<string>();
        while (await LineAsync() is { Length: > 0 } text)
        {
            lines.Add(text);
        }

        return lines;
    }

    public async Task<string[]> ChangedAsync()
    {
        var lines = await SaidAsync();
        Assert.Equal("event: changed", lines[0]);
        return [.. JsonNode.Parse(lines[1]["data: ".Length..])!["subjects"]!.AsArray().Select(s => s!.GetValue<string>()).Order(StringComparer.Ordinal)];
    }

    /// <summary>The event that explains the end, behind which nothing comes.</summary>
    public async Task<JsonNode> EndedAsync()
    {
        var lines = await SaidAsync();
        Assert.Equal("event: ended", lines[0]);
        Assert.Null(await LineAsync());
        return JsonNode.Parse(lines[1]["data: ".Length..])!;
    }

    /// <summary>The next event that says something: how often a line is said to be open in between depends on how fast it looks at a clock that jumps.</summary>
    private async Task<List<string>> SaidAsync()
    {
        while (true)
        {
            if (await EventAsync() is not [": still here"] and var lines)
            {
                return lines;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        reader.Dispose();
        response.Dispose();
        gone.Dispose();
    }
}
