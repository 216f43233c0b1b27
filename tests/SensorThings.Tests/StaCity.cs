using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Api.Questions;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Silo;
using Quartier.Silo.Accounts;

namespace SensorThings.Tests;

/// <summary>
/// A whole silo on loopback with a small city: a public counter, an air sensor of which the public gets hours, and what the public may not read. Tests
/// that only read share one.
/// </summary>
public sealed class StaCity : IAsyncLifetime
{
    public const string City = "stadt";

    /// <summary>2026-07-01T00:00:00Z, the time of the first readings.</summary>
    public const long StartMs = 1_782_864_000_000;

    public const long MinuteMs = 60_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("quartier-sta-").FullName;
    private SiloHost? _silo;
    private string _key = string.Empty;

    /// <summary>How many dear requests may be open.</summary>
    internal QuestionLimits Questions { get; init; } = QuestionLimits.Default;

    public HttpClient Public { get; private set; } = null!;

    /// <summary>Operator and administrator; states the purpose <c>operation</c>.</summary>
    public HttpClient Operator { get; private set; } = null!;

    public string Root => $"http://{Silo.Http}/v1.1";

    internal SiloHost Silo => _silo!;

    /// <summary>The key of operator and administrator.</summary>
    internal string Key => _key;

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        await ApplyAsync(CityFiles.Registry);
        await PolicyAsync(CityFiles.Policy);
        await CityReadings.AddAsync(this);
        await ReachAsync("mitte", CityReadings.At(60, 5));
    }

    /// <summary>Ends the silo in order, and starts another one on its data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        var data = Path.Combine(_directory, "data");
        var options = SiloOptions.Parse(
            ["--data", data, "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--dashboard", _directory, "--read-origin", "https://maps.example.org"]);
        _silo = await SiloHost.StartAsync(options with { Questions = Questions });
        _key = (await File.ReadAllTextAsync(Path.Combine(data, LocalKeyFile.FileName))).Trim();
        Public = Client(null);
        Operator = Client("operation");
    }

    private async Task StopAsync()
    {
        Public.Dispose();
        Operator.Dispose();
        await _silo!.DisposeAsync();
    }

    /// <summary>Waits until the district takes a time for past: its sensors tell it minute by minute.</summary>
    private async Task ReachAsync(string district, long ms)
    {
        var grain = Grains.GetGrain<IDistrictGrain>($"{City}/{district}");
        while ((await grain.GetState()).NowMs < ms)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>With the local key, for a purpose.</summary>
    public HttpClient Client(string? purpose)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new($"http://{Silo.Http}/v1.1/") };
        if (purpose is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", _key);
            client.DefaultRequestHeaders.Add("Quartier-Purpose", purpose);
        }

        return client;
    }

    public async Task ApplyAsync(string registry)
    {
        using var body = new StringContent(registry, Encoding.UTF8, "application/yaml");
        using var answer = await Operator.PutAsync($"/api/cities/{City}/registry", body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    public async Task PolicyAsync(string policy)
    {
        var grain = Grains.GetGrain<IPolicyGrain>(City);
        var proposed = await grain.Propose(policy, "person:anna", 0);
        Assert.True(proposed.Outcome == PolicyOutcome.Done, $"{proposed.Detail} {string.Join("; ", proposed.Problems.IsDefault ? [] : proposed.Problems.Select(p => p.Message))}");
        var approved = await grain.Approve(null, proposed.Version!.Version, "person:bert");
        Assert.True(approved.Outcome == PolicyOutcome.Done, approved.Detail);
    }

    /// <summary>A person of an office, who sends a key of theirs.</summary>
    public async Task<HttpClient> PersonAsync(string id, string role, string office)
    {
        await AccountAsync("persons", new() { ["id"] = id, ["name"] = id, ["roles"] = new JsonArray(role), ["offices"] = new JsonArray(office) });
        var until = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        var key = await AccountAsync("keys", new() { ["person"] = id, ["until"] = until });
        var client = Client(null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key["key"]!.GetValue<string>());
        return client;
    }

    private async Task<JsonNode> AccountAsync(string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await Operator.PostAsync(new Uri($"/api/{path}", UriKind.Relative), content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Creates as the administrator; the path below the root.</summary>
    public async Task<string> CreateAsync(string set, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Operator.PostAsync(new Uri(set, UriKind.Relative), content, Token);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Token));
        return answer.Headers.Location!.ToString()[(Root.Length + 1)..];
    }

    /// <summary>Creates an Observation as the administrator.</summary>
    public Task<string> ObserveAsync(long stream, string body) => CreateAsync($"Datastreams({stream})/Observations", body);

    /// <summary>Hands readings to a sensor as the endpoint would.</summary>
    public async Task IngestAsync(string sensor, params IEnumerable<Sample> samples)
    {
        var version = _silo!.Services.GetRequiredService<IRegistry>().Find(City)!.Version;
        var all = samples.ToArray();
        var grain = Grains.GetGrain<ISensorGrain>($"{City}/g/{sensor}");
        var receipt = await grain.Ingest(new(version, all[^1].TimeMs, [.. all]));
        Assert.Equal(all.Length, receipt.Stored);
        await _silo.Services.GetRequiredService<IReadingStore>().WhenDurable(receipt.Ticket);
    }

    private IGrainFactory Grains => _silo!.Services.GetRequiredService<IGrainFactory>();
}
