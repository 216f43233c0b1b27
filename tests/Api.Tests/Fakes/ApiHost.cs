using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartier.Api;
using Quartier.Api.Live;
using Quartier.Api.SensorThings.Projection;
using Quartier.Contracts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Gateways;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Publication;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registers;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Principals;

namespace Api.Tests.Fakes;

/// <summary>The API over fakes, in memory.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string BaseAddress = "http://localhost/";

    private readonly ConcurrentDictionary<(Type, string), object> _grains = new();
    private WebApplication? _app;

    public FakeRegistry Registry { get; } = new();

    public FakeStore Store { get; } = new();

    public FakeAccounts Accounts { get; } = new();

    public FakeAccountChanges AccountChanges { get; } = new();

    public FakePublications Publications { get; set; } = new();

    public FakeGateways Gateways { get; } = new();

    public FakeLedger Ledger { get; } = new();

    public FakePolicies Policies { get; } = new();

    public FakeEntities Entities { get; } = new();

    /// <summary>The local key, which <see cref="Client"/> sends: it is administrator and operator.</summary>
    public Secret LocalKey { get; } = Secret.New(SecretKind.Key, RandomNumberGenerator.Create(), "local");

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero));

    public ConcurrentQueue<(LogLevel Level, EventId Id, string Text)> Logs { get; } = new();

    public WebApplication App => _app!;

    public TestServer Server => App.GetTestServer();

    public LiveFeed Feed => App.Services.GetRequiredService<LiveFeed>();

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Waits for what catches up in the background after a start.</summary>
    public Task StartedAsync() => App.Services.GetServices<IHostedService>().OfType<ProjectionStart>().Single().ExecuteTask!;

    /// <summary>The same on a real socket of the loopback interface.</summary>
    public static Task<ApiHost> ListenAsync() => StartAsync(socket: true);

    public static async Task<ApiHost> StartAsync(
        Action<ApiHost>? arrange = null, Action<WebApplicationBuilder>? services = null, string? dashboard = null, bool socket = false)
    {
        var host = new ApiHost();
        host.Registry.Publish(new(SampleCity.Definition, 7));
        host.Registry.Documents.Add(new(SampleCity.Id, 7, "city: muenster\nname: Münster\n", 0));
        host.AddEmptyStates();
        arrange?.Invoke(host);
        var builder = WebApplication.CreateSlimBuilder();
        if (socket)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders().AddProvider(new QueueLogs(host.Logs)).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<TimeProvider>(host.Time);
        builder.Services.AddSingleton<IRegistry>(host.Registry).AddSingleton<IRegistryStore>(host.Registry);
        builder.Services.AddSingleton<IReadingStore>(host.Store);
        builder.Services.AddSingleton(GrainFactoryProxy.Of(host.Grain));
        builder.Services.AddSingleton<IAccountChanges>(host.AccountChanges).AddSingleton<IAccountStore>(host.Accounts).AddSingleton<ILedger>(host.Ledger).AddSingleton<IPolicies>(host.Policies)
            .AddSingleton<IPublicationStore>(host.Publications).AddSingleton<IGatewayCredentialStore>(host.Gateways);
        builder.Services.AddSingleton<IEntityStore>(host.Entities).AddSingleton<IObservationReader>(host.Entities);
        builder.Services.AddQuartierApi(api => api.LocalKey = host.LocalKey);
        services?.Invoke(builder);
        host._app = builder.Build();
        host._app.MapQuartierApi();
        if (dashboard is not null)
        {
            host._app.UseQuartierDashboard(dashboard);
        }

        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Client = host.Anybody();
        host.Client.DefaultRequestHeaders.Authorization = new("Bearer", host.LocalKey.Reveal());
        return host;
    }

    /// <summary>A client without credentials.</summary>
    public HttpClient Anybody()
    {
        // A busy machine may take longer than a second to refuse a body by its announced length.
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) };
        var client = App.Urls.Count > 0 && App.Services.GetService<IServer>() is not TestServer ? new HttpClient(handler) : Server.CreateClient();
        client.BaseAddress = new(App.Services.GetService<IServer>() is TestServer ? BaseAddress : App.Urls.Single());
        return client;
    }

    /// <summary>A client with an API key.</summary>
    public HttpClient With(string key)
    {
        var client = Anybody();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public FakeSensor Sensor(string gateway, string sensor) =>
        (FakeSensor)Grain(typeof(ISensorGrain), GrainKeys.Sensor(SampleCity.Id, gateway, sensor));

    public FakeDistrict District(string district) => (FakeDistrict)Grain(typeof(IDistrictGrain), GrainKeys.District(SampleCity.Id, district));

    public FakeAsset Asset(string asset) => (FakeAsset)Grain(typeof(IAssetGrain), GrainKeys.Asset(SampleCity.Id, asset));

    public FakeCityGrain City(string city = SampleCity.Id) => (FakeCityGrain)Grain(typeof(ICityGrain), city);

    public FakePolicyGrain Policy(string city = SampleCity.Id) => (FakePolicyGrain)Grain(typeof(IPolicyGrain), city);

    /// <summary>Gives each datastream a state: numbers from 1, in the order of the registry.</summary>
    public void AddEmptyStates()
    {
        var number = 0;
        foreach (var sensor in Registry.Find(SampleCity.Id)!.City.Sensors)
        {
            Sensor(sensor.Gateway, sensor.Id).Datastreams =
                [.. sensor.Datastreams.Select(_ => new DatastreamState(++number, null, null, null, null, 0, 0, 0))];
        }
    }

    /// <summary>Stores readings and makes the last of them the live value.</summary>
    public void Put(string gateway, string sensor, int index, params Reading[] readings)
    {
        var grain = Sensor(gateway, sensor);
        Store.Put(grain.Datastreams[index].Number, readings);
        grain.Datastreams = grain.Datastreams.SetItem(index, grain.Datastreams[index] with { Latest = readings[^1] });
    }

    public async Task<JsonNode?> GetAsync(string path, int status = 200)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return await ReadAsync(response, status);
    }

    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, string body, string type, int status = 200)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await ReadAsync(response, status);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync(TestContext.Current.CancellationToken);
        await App.DisposeAsync();
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        if (status < 400)
        {
            return JsonNode.Parse(text);
        }

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.StartsWith("urn:quartier:problem:", problem["type"]!.GetValue<string>());
        Assert.NotEmpty(problem["title"]!.GetValue<string>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        return problem;
    }

    private object Grain(Type type, string key) => _grains.GetOrAdd((type, key), k => k.Item1.Name switch
    {
        nameof(ISensorGrain) => new FakeSensor(() => Registry.Find(SampleCity.Id)!.Version),
        nameof(IDistrictGrain) => new FakeDistrict(k.Item2.Split('/')[^1], () => Registry.Find(SampleCity.Id)!, Policies, Time),
        nameof(IAssetGrain) => new FakeAsset(),
        nameof(ICityGrain) => new FakeCityGrain(),
        nameof(IPolicyGrain) => new FakePolicyGrain(),
        nameof(IRecordsGrain) => new FakeRecords(Time),
        _ => throw new NotSupportedException(k.Item1.Name),
    });

    private sealed class QueueLogs(ConcurrentQueue<(LogLevel, EventId, string)> logs) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Enqueue((logLevel, eventId, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
