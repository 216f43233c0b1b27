using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Quartier.Api;
using Quartier.Api.Accounts;
using Quartier.Api.Accounts.Oidc;
using Quartier.Api.Gateways;
using Quartier.Api.Health;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Grains;
using Quartier.Mqtt;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Sessions;
using Quartier.Silo.Accounts;
using Quartier.Silo.Bridges;
using Quartier.Silo.Engines;
using Quartier.Silo.Ingest;
using Quartier.Silo.Ledgers;
using Quartier.Silo.Live;
using Quartier.Silo.Policies;
using Quartier.Silo.Posture;
using Quartier.Silo.Registry;
using Quartier.Silo.SensorThings;
using Quartier.Silo.Startup;
using Quartier.Silo.Tls;
using Quartier.Storage;
using Quartier.Storage.Records;

namespace Quartier.Silo;

/// <summary>The composition root: store, engine, grains, endpoint and API in one process.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private readonly string? _signInPath;

    private SiloHost(WebApplication application, SiloListeners listeners, string? signInPath)
    {
        _application = application;
        _signInPath = signInPath;
        Listeners = listeners;
    }

    /// <summary>Where HTTP is served.</summary>
    public IPEndPoint Http => Listeners.Http;

    /// <summary>Where MQTT is served.</summary>
    public IPEndPoint Mqtt => Listeners.Mqtt;

    /// <summary>Where everything is served.</summary>
    public SiloListeners Listeners { get; }

    /// <summary>The host's services, for tests.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>The link by which the administrator signs in once; null when there were persons before this start.</summary>
    public string? SignIn => _signInPath is null ? null : $"http://{Http}{_signInPath}";

    /// <summary>Opens the store, brings the registry into force, listens, and wakes the grains behind that.</summary>
    public static async Task<SiloHost> StartAsync(SiloOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var listeners = new SiloListeners(options);
        builder.WebHost.ConfigureKestrel(listeners.Configure);
        Compose(builder, options);
        builder.Services.Configure<QuartierApiOptions>(api => (api.MqttEndpoint, api.PublicRoot) = (() => listeners.MqttAddress, () => listeners.HttpAddress));
        var application = builder.Build();
        try
        {
            // MQTT has its own keep alive; a second one would wake every idle connection.
            application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
            application.MapMqtt("/mqtt");
            application.MapQuartierApi();
            application.UseQuartierDashboard(options.Dashboard ?? DashboardFolder.Find());
            await application.Services.GetRequiredService<RegistryLoader>().LoadAsync(CancellationToken.None).ConfigureAwait(false);
            await application.Services.GetRequiredService<GatewayBook>().ReadAsync(CancellationToken.None).ConfigureAwait(false);
            var signIn = await application.Services.GetRequiredService<FirstAdministrator>().LinkAsync(CancellationToken.None).ConfigureAwait(false);
            await application.Services.GetRequiredService<PolicyLoader>().LoadAsync(CancellationToken.None).ConfigureAwait(false);
            await ListenAsync(application, options).ConfigureAwait(false);
            Announce(application.Services, listeners);
            return new(application, listeners, signIn);
        }
        catch
        {
            // In order, as after a run: what began already would take its sudden end for a failure of its own, and log it over the real one.
            await new SiloHost(application, listeners, null).DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says that it is ready, wakes the grains, and serves until it is told to stop.</summary>
    public async Task RunAsync()
    {
        var lifetime = _application.Services.GetRequiredService<IHostApplicationLifetime>();
        var signIn = SignIn is { } link ? $",\"signIn\":\"{link}\"" : string.Empty;
        var tls = (Listeners.Https is { } https ? $",\"https\":\"https://{https}\"" : string.Empty) + (Listeners.Mqtts is { } mqtts ? $",\"mqtts\":\"{mqtts}\"" : string.Empty);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"ready\":true,\"http\":\"http://{Http}\",\"mqtt\":\"{Mqtt}\"{tls},\"pid\":{Environment.ProcessId}{signIn}}}")).ConfigureAwait(false);
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

    /// <summary>Stops in order what still runs: torn down without that, timers and grains would meet services that are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_application.Lifetime.ApplicationStopped.IsCancellationRequested)
            {
                await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            await _application.DisposeAsync().ConfigureAwait(false);
        }
    }

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

    private static async Task ListenAsync(WebApplication application, SiloOptions options)
    {
        try
        {
            await application.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (ClosedDoor.Explain(options, error) is { } explanation)
        {
            throw new IOException(explanation, error);
        }
    }

    private static void Announce(IServiceProvider services, SiloListeners listeners)
    {
        var posture = services.GetRequiredService<HostPosture>();
        posture.Listeners = [.. listeners.All];
        var logger = services.GetRequiredService<ILogger<HostPosture>>();
        foreach (var weakness in posture.Look().Weaknesses)
        {
            Log.WeaknessAccepted(logger, weakness.Name, weakness.What, weakness.Remedy);
        }
    }

    private static void Compose(WebApplicationBuilder builder, SiloOptions options)
    {
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Quartier", LogLevel.Information);

        // Why it did not start is said once, by the program; here it would be a page of stack traces before that.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        // Its errors are those of a start that fails, which the program says itself; and while anybody listens to it, it makes an activity and a scope for every request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddEmbeddedStore(
            options.DataDirectory, new() { LedgerCheckpointsDirectory = options.LedgerCheckpoints, BackupsDirectory = options.Backups });
        services.AddSingleton<IRegistry, InMemoryRegistry>().AddSingleton<IPolicies, InMemoryPolicies>();
        EngineHost.Add(builder);
        services.AddQuartierGrains();
        services.AddSingleton<RegistryLoader>().AddSingleton<PolicyLoader>().AddSingleton<Awakening>();
        services.AddSingleton<RefusalCollector>().AddSingleton<ClientCredentials>().AddSingleton<ReadingPorts>().AddSingleton<GatewayIngest>();
        LiveRegistration.Add(services);
        services.AddSingleton<IMqttIngest>(provider => provider.GetRequiredService<GatewayIngest>());
        services.AddHostedService<RefusalReporting>();
        services.AddSingleton(provider =>
        {
            _ = provider.GetRequiredService<EmbeddedStore>(); // Holds the data directory.
            var logger = provider.GetRequiredService<ILogger<StoredSessions>>();
            return RecordBook.Open(
                options.DataDirectory, StoredSessions.BookName, provider.GetRequiredService<TimeProvider>(), failure => Log.RecordsNotRemoved(logger, failure));
        });
        services.AddSingleton<ISessionStore, StoredSessions>();
        services.AddMqttEndpoint(options.MqttLimits);
        AddSecurity(services, options);
        var localKey = LocalKeyFile.Open(options.DataDirectory, RandomNumberGenerator.Create());
        var oidc = Oidc(options);
        var publication = PublicationSecretFile.Open(options.DataDirectory, RandomNumberGenerator.Create());
        services.AddQuartierApi(api => (api.DataDirectory, api.LocalKey, api.Oidc, api.PublicationSecret, api.HostNames, api.ReadOrigins, api.Questions) =
            (options.DataDirectory, localKey, oidc, publication, options.HostNames, options.ReadOrigins, options.Questions));
        SensorThingsOverMqtt.Add(services);
        AddObservation(services);
        LedgerObservation.Add(services);
        BridgeObservation.Add(services, options.DataDirectory);
        if (options.StopWithStdin)
        {
            services.AddHostedService(provider => new ParentLine(provider.GetRequiredService<IHostApplicationLifetime>(), Console.In, Console.Out));
        }
    }

    private static void AddSecurity(IServiceCollection services, SiloOptions options)
    {
        services.AddSingleton(provider => new GatewayAccess(
            provider.GetRequiredService<GatewayBook>(), options.Gateways, options.GatewayRate, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => GatewayAuthorityFiles.Open(
            options.DataDirectory, RandomNumberGenerator.Create(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(options).AddSingleton<HostPosture>();
        services.AddQuartierPosture(provider => provider.GetRequiredService<HostPosture>().Look());
        if (options.Tls is not { } files)
        {
            return;
        }

        var openFiles = options.AcceptedWeaknesses.Contains(WeaknessName.OpenKeyFile, StringComparer.Ordinal);
        services.AddSingleton(provider => new ServerCertificate(
            files, openFiles, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ServerCertificate>>()));
        services.AddSingleton<TlsTerms>();
        services.AddQuartierHealthCheck("certificate", (provider, _) => new(provider.GetRequiredService<ServerCertificate>().Find()));
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
