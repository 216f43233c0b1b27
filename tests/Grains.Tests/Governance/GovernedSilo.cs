using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Quartier.Silo;
using Quartier.Silo.Accounts;

namespace Grains.Tests.Governance;

/// <summary>A whole silo on loopback with a town, a policy, and its officers: an administrator (the local key), an approver, a data-protection officer.</summary>
internal sealed class GovernedSilo : IAsyncDisposable
{
    private readonly string _directory;
    private readonly bool _hasBackups;
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private SiloHost _silo = null!;

    private GovernedSilo(string directory, bool hasBackups) => (_directory, _hasBackups) = (directory, hasBackups);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Data => Path.Combine(_directory, "data");

    public string Backups => Path.Combine(_directory, "backups");

    public Uri Address => new($"http://{_silo.Http}/");

    public string LocalKey => File.ReadAllText(Path.Combine(Data, LocalKeyFile.FileName)).Trim();

    public static async Task<GovernedSilo> StartAsync(bool hasBackups = true, string? policy = null)
    {
        var silo = new GovernedSilo(Directory.CreateTempSubdirectory("quartier-governed-").FullName, hasBackups);
        await silo.RunAsync();
        await silo.SendAsync("PUT", "api/cities/town/registry", CityYaml.Of("s", "t"), "application/yaml");
        await silo.AddAsync("bert", "approver");
        await silo.AddAsync("dora", "data-protection-officer");
        await silo.ApproveAsync(policy ?? TownPolicy.Open);
        return silo;
    }

    public async Task RestartAsync(Action? between = null)
    {
        await _silo.DisposeAsync();
        between?.Invoke();
        await RunAsync();
    }

    /// <summary>Adds a person with a role, and a key by which <paramref name="id"/> is named in the other calls.</summary>
    public async Task AddAsync(string id, string role, string? city = null)
    {
        await SendAsync("POST", "api/persons", new JsonObject { ["id"] = id, ["name"] = id, ["roles"] = new JsonArray(role), ["city"] = city }.ToJsonString());
        await MakeKeyAsync(id, new JsonObject { ["person"] = id });
    }

    /// <summary>Makes a key; its id.</summary>
    public async Task<string> MakeKeyAsync(string name, JsonObject holder)
    {
        holder["until"] = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
        var made = (await SendAsync("POST", "api/keys", holder.ToJsonString()))!;
        _keys[name] = made["key"]!.GetValue<string>();
        return made["item"]!["id"]!.GetValue<string>();
    }

    /// <summary>Brings a policy into force by two persons.</summary>
    public async Task ApproveAsync(string yaml)
    {
        var proposed = (await SendAsync("POST", "api/cities/town/policies", yaml, "application/yaml"))!["version"]!;
        var district = proposed["district"] is { } named ? $"?district={named}" : string.Empty;
        await SendAsync("POST", $"api/cities/town/policies/{proposed["version"]}/approve{district}", by: "bert");
    }

    /// <summary>The key of a person or system.</summary>
    public string KeyOf(string by) => by == "administrator" ? LocalKey : _keys[by];

    /// <summary>A client of a person or system with a key; null for nobody.</summary>
    public HttpClient Client(string? by)
    {
        var client = new HttpClient { BaseAddress = Address };
        var key = by is null ? null : KeyOf(by);
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task<JsonNode?> GetAsync(string path, string? by = "administrator", int status = 200)
    {
        using var client = Client(by);
        using var answer = await client.GetAsync(path, Token);
        return await ReadAsync(answer, status);
    }

    public async Task<JsonNode?> SendAsync(
        string method, string path, string body = "", string type = "application/json", string? by = "administrator", int status = 200)
    {
        using var client = Client(by);
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var request = new HttpRequestMessage(new(method), path) { Content = body.Length == 0 ? null : content };
        using var answer = await client.SendAsync(request, Token);
        return await ReadAsync(answer, status);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : JsonValue.Create(text);
    }

    private async Task RunAsync() => _silo = await SiloHost.StartAsync(
        new(Data, new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), _directory, StopWithStdin: false) { Backups = _hasBackups ? Backups : null });
}
