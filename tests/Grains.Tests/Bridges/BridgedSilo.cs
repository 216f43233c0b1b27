using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Quartier.Silo.Accounts;

namespace Grains.Tests.Bridges;

/// <summary>The server's own program, so that it can be killed, with a town that takes readings through a bridge.</summary>
internal sealed class BridgedSilo : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly Task _draining;

    private BridgedSilo(Process process, HttpClient http, int mqttPort, Task draining) => (_process, _http, MqttPort, _draining) = (process, http, mqttPort, draining);

    public int MqttPort { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<BridgedSilo> StartAsync(string data)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Quartier.Silo.dll");
        string[] line = [program, "--data", data, "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--dashboard", AppContext.BaseDirectory];
        var start = new ProcessStartInfo("dotnet", line) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var ready = await process.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException(await errors);
        var http = new HttpClient { BaseAddress = new(JsonNode.Parse(ready)!["http"]!.GetValue<string>() + "/") };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(data, LocalKeyFile.FileName), Token)).Trim());
        var mqttPort = new Uri("mqtt://" + JsonNode.Parse(ready)!["mqtt"]!.GetValue<string>().Split("//")[^1]).Port;
        return new(process, http, mqttPort, Task.WhenAll(errors, process.StandardOutput.ReadToEndAsync(CancellationToken.None)));
    }

    /// <summary>Registers the town with a bridge to a broker.</summary>
    public async Task ApplyAsync(string bridge, string decoder = "{format: native, topics: ['werk/{sensor}', {topic: 'werk/status/#', ignore: true}]}")
    {
        var yaml = CityYaml.Of("s1", "s2").Replace(
            "gateways: [{id: g, name: Gateway, office: office}]",
            $"gateways: [{{id: g, name: Gateway, office: office, decoder: {decoder}}}]\nbridges: [{bridge}]",
            StringComparison.Ordinal);
        await RegisterAsync(yaml);
    }

    public async Task RegisterAsync(string yaml)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await _http.PutAsync(new Uri("api/cities/town/registry", UriKind.Relative), content, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Brings a policy into force: proposed by the local key's administrator, approved by a person made for it.</summary>
    public async Task GovernAsync(string yaml)
    {
        await PostAsync("api/persons", JsonContent.Create(new { id = "approver", name = "Approver", roles = new[] { "approver" } }));
        var made = await PostAsync("api/keys", JsonContent.Create(new { person = "approver", until = TimeProvider.System.GetUtcNow().AddHours(1) }));
        using var policy = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        var version = (await PostAsync("api/cities/town/policies", policy))["version"]!["version"]!.GetValue<long>();
        using var approval = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/cities/town/policies/{version}/approve", UriKind.Relative));
        approval.Headers.Authorization = new("Bearer", made["key"]!.GetValue<string>());
        using var approved = await _http.SendAsync(approval, Token);
        Assert.True(approved.IsSuccessStatusCode, await approved.Content.ReadAsStringAsync(Token));
    }

    private async Task<JsonNode> PostAsync(string path, HttpContent content)
    {
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> BooksAsync() => JsonNode.Parse(await _http.GetStringAsync(new Uri("api/cities/town/books", UriKind.Relative), Token))!;

    public async Task<JsonNode> BridgeAsync() =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri("api/cities/town/bridges", UriKind.Relative), Token))!.AsArray()[0]!;

    public async Task<string> TextAsync(string path) => await _http.GetStringAsync(new Uri(path, UriKind.Relative), Token);

    /// <summary>Asks until it is so; the test's own time limit ends it otherwise.</summary>
    public static async Task<JsonNode> UntilAsync(Func<Task<JsonNode>> ask, Func<JsonNode, bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        while (true)
        {
            var answer = await ask();
            if (isSo(answer))
            {
                return answer;
            }

            Assert.False(limit.IsCancellationRequested, $"Not so after five minutes: {answer}");
            await Task.Yield();
        }
    }

    public Task ConnectedAsync() => UntilAsync(BridgeAsync, b => b["connected"]?.GetValue<bool>() == true);

    public Task StoredAsync(long count) => UntilAsync(BooksAsync, b => b["stored"]!.GetValue<long>() >= count);

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await _draining;
        _process.Dispose();
        _http.Dispose();
    }
}
