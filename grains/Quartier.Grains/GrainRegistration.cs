using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Publication;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Grains.Assets;
using Quartier.Grains.Policies;
using Quartier.Grains.Retention;
using Quartier.Grains.Sensors;

namespace Quartier.Grains;

/// <summary>What the grains need beyond the ports.</summary>
public static class GrainRegistration
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddQuartierGrains(this IServiceCollection services) =>
        services
            .AddSingleton<SharedRules>().AddSingleton<SharedTerms>().AddSingleton<CompiledPolicies>()
            .AddSingleton<SensorPorts>().AddSingleton<AssetPorts>().AddSingleton<PolicyPorts>()
            .AddSingleton<RetentionLedger>().AddSingleton(Retention);

    private static RetentionPorts Retention(IServiceProvider provider) => new()
    {
        Readings = provider.GetRequiredService<IReadingStore>(),
        Store = provider.GetRequiredService<IRetentionStore>(),
        Certificates = provider.GetRequiredService<ICertificateStore>(),
        Alerts = provider.GetRequiredService<IAlertStore>(),
        Publications = provider.GetService<IPublicationStore>(),
        Ledger = provider.GetRequiredService<RetentionLedger>(),
        Registry = provider.GetRequiredService<IRegistry>(),
        Policies = provider.GetService<IPolicies>(),
        Time = provider.GetRequiredService<TimeProvider>(),
        Logger = provider.GetRequiredService<ILogger<RetentionPorts>>(),
    };
}
