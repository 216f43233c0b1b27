using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Quartier.Api;
using Quartier.Api.Accounts;
using Quartier.Api.Accounts.Oidc;
using Quartier.Api.Health;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Grains;
using Quartier.Mqtt;
using Quartier.Mqtt.Ingest;
using Quartier.Silo.Accounts;
using Quartier.Silo.Engines;
using Quartier.Silo.Ingest;
using Quartier.Silo.Ledgers;
using Quartier.Silo.Policies;
using Quartier.Silo.Registry;
using Quartier.Silo.Startup;
using Quartier.Storage;

namespace Quartier.Silo;

/// <summary>The composition root: store, engine, grains, endpoint and API in one process.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private readonly string? _signInPath;

    private SiloHost(WebApplication application, IPEndPoint http, IPEndPoint mqtt, string? signInPath)
    {
        _application = application;
        _signInPath = signInPath;
        Http = http;
        Mqtt = mqtt;
    }

    /// <summary>Where HTTP is served.</summary>
    public IPEndPoint Http { get; }

    /// <summary>Where MQTT is served.</summary>
    public IPEndPoint Mqtt { get; }

    /// <summary>For tests in the same process: what the silo is made of.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>The link by which the administrator signs in once; null when there were persons before this start.</summary>
    public string? SignIn => _signInPath is null ? null : $"http://{Http}{_signInPath}";

    /// <summary>Opens the store, brings the registry into force, listens, and wakes the grains behind that.</summary>
    public static async Task<SiloHost> StartAsync(SiloOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        ListenOptions? http = null;
        ListenOptions? mqtt = null;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Http, listen => http = listen);
            kestrel.Listen(options.Mqtt, listen => mqtt = listen.UseMqtt());
        });
        Compose(builder, options);
        builder.Services.Configure<QuartierApiOptions>(api => api.MqttEndpoint = () => mqtt?.IPEndPoint is { } endpoint ? $"mqtt://{endpoint}" : null);
        var application = builder.Build();
        try
        {
            application.MapQuartierApi();
            application.UseQuartierDashboard(options.Dashboard ?? DashboardFolder.Find());
            await application.Services.GetRequiredService<RegistryLoader>().LoadAsync(CancellationToken.None).ConfigureAwait(false);
            var signIn = await application.Services.GetRequiredService<FirstAdministrator>().LinkAsync(CancellationToken.None).ConfigureAwait(false);
            await application.Services.GetRequiredService<PolicyLoader>().LoadAsync(CancellationToken.None).ConfigureAwait(false);
            await application.StartAsync(CancellationToken.None).ConfigureAwait(false);
            return new(application, http!.IPEndPoint!, mqtt!.IPEndPoint!, signIn);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says that it is ready, wakes the grains, and serves until it is told to stop.</summary>
    public async Task RunAsync()
    {
        var lifetime = _application.Services.GetRequiredService<IHostApplicationLifetime>();
        var signIn = SignIn is { } link ? $",\"signIn\":\"{link}\"" : string.Empty;
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"ready\":true,\"http\":\"http://{Http}\",\"mqtt\":\"{Mqtt}\",\"pid\":{Environment.ProcessId}{signIn}}}")).ConfigureAwait(false);
        await Console.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await WelcomeAsync().ConfigureAwait(false);
        var awakening = _application.Services.GetRequiredService<Awakening>().RunAsync(lifetime.ApplicationStopping);
        await _application.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await awakening.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped before all were awake: they wake with the next start.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    // For people, and not by the log: a log is kept and shared, the link is a secret for an hour.
    private async Task WelcomeAsync()
    {
        if (SignIn is { } link)
        {
            await Console.Error.WriteLineAsync(
                $"Erste Anmeldung der Verwaltung, einmal, innerhalb einer Stunde / first sign-in of the administrator, once, within an hour:\n  {link}")
                .ConfigureAwait(false);
        }
    }

    private static void Compose(WebApplicationBuilder builder, SiloOptions options)
    {
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Quartier", LogLevel.Information);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddEmbeddedStore(
            options.DataDirectory, new() { LedgerCheckpointsDirectory = options.LedgerCheckpoints, BackupsDirectory = options.Backups });
        services.AddSingleton<IRegistry, InMemoryRegistry>().AddSingleton<IPolicies, InMemoryPolicies>();
        EngineHost.Add(builder);
        services.AddQuartierGrains();
        services.AddSingleton<RegistryLoader>().AddSingleton<PolicyLoader>().AddSingleton<Awakening>();
        services.AddSingleton<RefusalCollector>().AddSingleton<ClientCredentials>().AddSingleton<ReadingPorts>().AddSingleton<IMqttIngest, GatewayIngest>();
        services.AddHostedService<RefusalReporting>();
        services.AddMqttEndpoint();
        var localKey = LocalKeyFile.Open(options.DataDirectory, RandomNumberGenerator.Create());
        var oidc = Oidc(options);
        var publication = PublicationSecretFile.Open(options.DataDirectory, RandomNumberGenerator.Create());
        services.AddQuartierApi(
            api => (api.DataDirectory, api.LocalKey, api.Oidc, api.PublicationSecret, api.ReadOrigins) =
                (options.DataDirectory, localKey, oidc, publication, options.ReadOrigins));
        AddObservation(services);
        LedgerObservation.Add(services);
        if (options.StopWithStdin)
        {
            services.AddHostedService(provider => new ParentLine(provider.GetRequiredService<IHostApplicationLifetime>(), Console.In, Console.Out));
        }
    }

    private static OidcSettings? Oidc(SiloOptions options) => options.OidcIssuer is null
        ? null
        : new(options.OidcIssuer, options.OidcClientId!, options.OidcClientSecretFile is { } file ? PrivateFile.Read(file) : null);

    private static void AddObservation(IServiceCollection services)
    {
        services.AddQuartierHealthCheck("grains", (provider, _) =>
        {
            var awakening = provider.GetRequiredService<Awakening>();
            return new(awakening.Done
                ? HealthFinding.Ok("All registered grains are awake.")
                : new(HealthStatus.Degraded, "Grains are still waking after the start; readings are taken all the same."));
        });
        services.AddQuartierHealthCheck("retention", async (provider, _) =>
        {
            var grain = provider.GetRequiredService<IGrainFactory>().GetGrain<IRetentionGrain>(IRetentionGrain.Key);
            var status = await grain.GetStatus().ConfigureAwait(false);
            return (status.Run?.Incident ?? status.Failure) is { } trouble
                ? new(HealthStatus.Degraded, trouble)
                : HealthFinding.Ok(status.Run is { } run ? $"Run {run.Night}: {run.Phase}." : "No night has passed yet.");
        });
        services.AddQuartierMetrics((provider, writer) => SiloMetrics.Write(provider, writer));
    }
}
