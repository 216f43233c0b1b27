using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Quartier.Api.Accounts;
using Quartier.Api.Dashboard;
using Quartier.Api.Description;
using Quartier.Api.Health;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Live;
using Quartier.Api.Metrics;
using Quartier.Api.Native.Alerts;
using Quartier.Api.Native.Assets;
using Quartier.Api.Native.Backups;
using Quartier.Api.Native.Books;
using Quartier.Api.Native.Bridges;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Exports;
using Quartier.Api.Native.Ledgers;
using Quartier.Api.Native.Policies;
using Quartier.Api.Native.Readings;
using Quartier.Api.Native.Registers;
using Quartier.Api.Native.Registry;
using Quartier.Api.Native.Retention;
using Quartier.Api.Native.Sensors;
using Quartier.Api.Native.Store;
using Quartier.Api.Native.Why;
using Quartier.Api.OpenData;
using Quartier.Api.Posture;
using Quartier.Api.Questions;
using Quartier.Api.SensorThings;
using Quartier.Api.SensorThings.Writing;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Live;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Api;

/// <summary>The native HTTP API as the silo takes it in.</summary>
public static class QuartierApi
{
    private static readonly string[] CompressedTypes =
    [
        "application/json", "application/problem+json", "application/geo+json", "application/yaml", "application/javascript", "text/javascript",
        "text/css", "text/csv", "text/html", "text/plain", "image/svg+xml",
    ];

    /// <summary>
    /// Adds the API. Needs <see cref="IGrainFactory"/>, <see cref="IRegistry"/>, <see cref="IRegistryStore"/>, <see cref="IReadingStore"/>,
    /// <see cref="Contracts.Principals.IAccountStore"/>, <see cref="IPolicies"/> and <see cref="ILedger"/>;
    /// takes <see cref="TimeProvider"/> when one is registered. Registers <see cref="ILiveFeed"/>. Every request of the host, whatever it maps
    /// besides, then passes the gate of hosts, gets the security headers, and its failures become problem documents.
    /// </summary>
    public static IServiceCollection AddQuartierApi(this IServiceCollection services, Action<QuartierApiOptions>? configure = null)
    {
        services.AddOptions<QuartierApiOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Api));
        services.AddResponseCompression(o => o.MimeTypes = CompressedTypes);
        services.AddSingleton<IStartupFilter, RequestPipeline>();
        services.AddSingleton<ProblemPages>().AddSingleton<HttpMeter>().AddSingleton<HostGate>().AddSingleton<CrossOrigin>();
        services.AddSingleton<LiveFeed>().AddSingleton<ILiveFeed>(s => s.GetRequiredService<LiveFeed>());
        services.AddSingleton<ILiveWatch>(s => s.GetRequiredService<LiveFeed>());
        services.AddSingleton<CityDirectory>().AddSingleton<CityTime>().AddSingleton<AlertLister>().AddSingleton<BooksReader>();
        services.AddScoped<Decisions>().AddScoped<SensorReader>().AddScoped<AssetReader>().AddScoped<DistrictReader>();
        services.AddScoped<DatastreamReader>().AddScoped<AggregateReader>().AddScoped<AlertViewer>().AddScoped<AlertSight>().AddScoped<AlertPages>().AddScoped<Places>();
        services.AddScoped<RetentionReader>().AddScoped<BackupDesk>();
        services.AddScoped<RequestLanguage>().AddScoped<ReadRecord>().AddScoped<RowLimits>().AddScoped<LiveLines>().AddScoped<ExportRows>().AddScoped<NamedPrincipals>();
        services.AddSingleton<PublishedStreams>().AddSingleton<OpenMonths>().AddSingleton<PublishedMonths>().AddScoped<PublishedReader>().AddScoped<PublicationDesk>();
        services.AddSingleton<PublicDecisions>().AddSingleton<QuestionPlaces>().AddSingleton<PublicPace>().AddSingleton<AccountPace>().AddScoped<OpenQuestion>();
        services.AddSingleton<LedgerDesk>().AddSingleton<RecordDesk>();
        SensorThingsRoutes.Add(services);
        AccountRegistration.Add(services);
        WritingRegistration.Add(services);
        ApiDescription.Add(services);
        AddOwnChecks(services);
        AddOwnMetrics(services);
        return services;
    }

    /// <summary>Maps <c>/api</c>, <c>/open</c>, <c>/health</c>, <c>/metrics</c> and <c>/openapi/v1.json</c>.</summary>
    public static IEndpointRouteBuilder MapQuartierApi(this IEndpointRouteBuilder routes)
    {
        var api = Guarded(routes.MapGroup("/api"));
        AccountRegistration.Map(api);
        CityRoutes.Map(api);
        DistrictRoutes.Map(api);
        AssetRoutes.Map(api);
        SensorRoutes.Map(api);
        ReadingRoutes.Map(api);
        AlertRoutes.Map(api);
        BooksRoutes.Map(api);
        BridgeRoutes.Map(api);
        LiveRoutes.Map(api);
        ExportRoutes.Map(api);
        WhyRoutes.Map(api);
        RegistryRoutes.Map(api);
        PolicyRoutes.Map(api);
        LedgerRoutes.Map(api);
        InstallationLedgerRoutes.Map(api);
        StoreRoutes.Map(api);
        RetentionRoutes.Map(api);
        BackupRoutes.Map(api);
        PostureRoutes.Map(api);
        var open = Guarded(routes.MapGroup("/open"));
        OpenRoutes.Map(open);
        RegisterRoutes.Map(open);
        RecordRoutes.Map(api);
        ContractRoutes.Map(api, open);
        SensorThingsRoutes.Map(routes);
        WritingRegistration.Map(routes);
        HealthRoutes.Map(routes);
        MetricRoutes.Map(routes);
        routes.MapOpenApi("/openapi/{documentName}.json");
        return routes;
    }

    /// <summary>Serves the built dashboard at <c>/</c>; when it is not built, a page there says how to build it.</summary>
    /// <param name="app">The application.</param>
    /// <param name="path">The directory that holds <c>index.html</c>.</param>
    public static IApplicationBuilder UseQuartierDashboard(this IApplicationBuilder app, string path)
    {
        DashboardFiles.Use(app, path);
        return app;
    }

    /// <summary>Adds a check to <c>/health</c>. One that throws, or takes longer than 5 s, counts as unavailable.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Unique, lower-case.</param>
    /// <param name="look">Looks at the part; called for each request to <c>/health</c>.</param>
    public static IServiceCollection AddQuartierHealthCheck(
        this IServiceCollection services, string name, Func<IServiceProvider, CancellationToken, ValueTask<HealthFinding>> look) =>
        services.AddSingleton(provider => new HealthCheck(name, token => look(provider, token)));

    /// <summary>Adds metrics to <c>/metrics</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="write">Writes the part's metrics; called for each request to <c>/metrics</c>, from any thread.</param>
    public static IServiceCollection AddQuartierMetrics(this IServiceCollection services, Action<IServiceProvider, MetricWriter> write) =>
        services.AddSingleton(provider => new MetricSource(writer => write(provider, writer)));

    /// <summary>Says how the host stands in the network, for <c>/api/posture</c>; without it the answer holds the gateways alone.</summary>
    /// <param name="services">The services.</param>
    /// <param name="look">Looks; called for each request.</param>
    public static IServiceCollection AddQuartierPosture(this IServiceCollection services, Func<IServiceProvider, PostureReport> look) =>
        services.AddSingleton(provider => new PostureSource(() => look(provider)));

    /// <summary>Nothing below the group is reached without a known caller, and nothing leaves it without a record.</summary>
    private static RouteGroupBuilder Guarded(RouteGroupBuilder group) => group
        .AddEndpointFilter<RouteGroupBuilder, RequestGate>()
        .AddEndpointFilter<RouteGroupBuilder, RecordGate>()
        .WithMetadata(Caller.As, Caller.PurposeParameter);

    private static void AddOwnChecks(IServiceCollection services)
    {
        services.AddQuartierHealthCheck("store", (p, _) => new(OwnChecks.Store(p.GetRequiredService<IReadingStore>())));
        services.AddQuartierHealthCheck("registry", (p, _) => new(OwnChecks.Registry(p.GetRequiredService<IRegistry>())));
        services.AddQuartierHealthCheck("disk", (p, _) => new(OwnChecks.Disk(p.GetRequiredService<IOptions<QuartierApiOptions>>().Value)));
    }

    private static void AddOwnMetrics(IServiceCollection services)
    {
        services.AddQuartierMetrics((_, writer) => OwnMetrics.WriteProcess(writer));
        services.AddQuartierMetrics((p, writer) => OwnMetrics.WriteStore(writer, p.GetRequiredService<IReadingStore>()));
        services.AddQuartierMetrics((p, writer) => OwnMetrics.WriteLive(writer, p.GetRequiredService<LiveFeed>()));
        services.AddQuartierMetrics((p, writer) => p.GetRequiredService<HttpMeter>().Write(writer));
        services.AddQuartierMetrics((p, writer) => p.GetRequiredService<QuestionPlaces>().Write(writer));
        services.AddQuartierMetrics((p, writer) => p.GetRequiredService<PublicPace>().Write(writer));
        services.AddQuartierMetrics((p, writer) => p.GetRequiredService<AccountPace>().Write(writer));
    }
}
