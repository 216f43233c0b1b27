using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Silo;
using Quartier.Silo.Accounts;

namespace Grains.Tests.SensorThings;

/// <summary>A whole silo on loopback with a registered town, and an administrator who writes to it.</summary>
internal sealed class WritingSilo : IAsyncDisposable
{
    private readonly string _directory;
    private readonly SiloHost _host;

    private WritingSilo(string directory, SiloHost host, HttpClient client) => (_directory, _host, Client) = (directory, host, client);

    public HttpClient Client { get; }

    /// <summary>The store, to look past what the API shows.</summary>
    public IEntityStore Entities => _host.Services.GetRequiredService<IEntityStore>();

    /// <summary>The store of readings, since nobody may read what is in quarantine.</summary>
    public IReadingStore Readings => _host.Services.GetRequiredService<IReadingStore>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<WritingSilo> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("quartier-sta-").FullName;
        var silo = await OpenAsync(directory);
        using var file = new StringContent(CityYaml.Of("s"), Encoding.UTF8, "application/yaml");
        using var applied = await silo.Client.PutAsync("api/cities/town/registry", file, Token);
        Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync(Token));
        return silo;
    }

    /// <summary>The same data directory with another process' worth of state.</summary>
    public async Task<WritingSilo> RestartAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        return await OpenAsync(_directory);
    }

    public HttpClient Anybody() => new() { BaseAddress = Client.BaseAddress };

    /// <summary>A person who sends a key of theirs; an empty office for none.</summary>
    public async Task<HttpClient> PersonAsync(string id, string role, string office = "office")
    {
        await PostAsync("persons", new { id, name = id, roles = new[] { role }, offices = office.Length == 0 ? [] : new[] { office } });
        var until = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        var key = await PostAsync("keys", new { person = id, until });
        var client = Anybody();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)key["key"]!);
        return client;
    }

    /// <summary>Sends JSON below the root.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? Location)> SendAsync(
        HttpMethod method, string path, string? body, string type = "application/json", string? ifMatch = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(method, $"v1.1/{path}");
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        using var answer = await Client.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token), answer.Headers.Location?.ToString());
    }

    /// <summary>Creates and returns the path below the root, such as <c>Things(1)</c>.</summary>
    public async Task<string> CreateAsync(string path, string body)
    {
        var (status, text, location) = await SendAsync(HttpMethod.Post, path, body);
        Assert.True(status == HttpStatusCode.Created, $"{(int)status} {text}");
        Assert.StartsWith($"{Client.BaseAddress}v1.1/", location, StringComparison.Ordinal);
        return location![$"{Client.BaseAddress}v1.1/".Length..];
    }

    /// <summary>Expects a refusal and returns its detail.</summary>
    public async Task<string> RefusedAsync(HttpMethod method, string path, string? body, int expected, string type = "application/json", string? ifMatch = null)
    {
        var (status, text, _) = await SendAsync(method, path, body, type, ifMatch);
        Assert.True((int)status == expected, $"{(int)status} {text}");
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(expected, (int)problem["code"]!);
        Assert.Equal((string)problem["detail"]!, (string)problem["message"]!);
        return (string)problem["detail"]!;
    }

    /// <summary>What is registered beside the file, as YAML.</summary>
    public Task<string> AdditionsAsync() => Client.GetStringAsync("api/cities/town/registry/additions", Token);

    /// <summary>Readings stored, refused and repeated behind the API's gateway.</summary>
    public async Task<(long Stored, long Duplicate, long Received)> BooksAsync()
    {
        var books = JsonNode.Parse(await Client.GetStringAsync("api/cities/town/books/sensors?gateway=sensorthings", Token))!.AsArray();
        return (books.Sum(b => (long)b!["stored"]!), books.Sum(b => (long)b!["duplicate"]!), books.Sum(b => (long)b!["received"]!));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<JsonNode> PostAsync(string path, object body)
    {
        using var answer = await Client.PostAsJsonAsync($"api/{path}", body, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<WritingSilo> OpenAsync(string directory)
    {
        var data = Path.Combine(directory, "data");
        var host = await SiloHost.StartAsync(new(data, new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), null, StopWithStdin: false));
        var client = new HttpClient { BaseAddress = new($"http://{host.Http}/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(data, LocalKeyFile.FileName), Token)).Trim());
        return new(directory, host, client);
    }
}
