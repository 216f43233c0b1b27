using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Quartier.Storage;

/// <summary>Adds the embedded store to a host's services.</summary>
public static class EmbeddedStoreRegistration
{
    /// <summary>The name of the store for grain states, as in <c>[PersistentState("…", "city")]</c>.</summary>
    public const string GrainStateStore = "city";

    /// <summary>
    /// Adds the store and its ports. It is opened when first asked for, which throws <see cref="Contracts.Readings.StoreException"/> when
    /// another process holds the directory or other users may enter it, and closed with the host.
    /// </summary>
    public static IServiceCollection AddEmbeddedStore(this IServiceCollection services, string dataDirectory, StoreOptions? options = null)
    {
        if (options?.BackupsDirectory is not null)
        {
            services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Backups!);
        }

        return AddPorts(services, dataDirectory, options);
    }

    private static IServiceCollection AddPorts(IServiceCollection services, string dataDirectory, StoreOptions? options) => services
        .AddSingleton(provider => EmbeddedStore.Open(
            dataDirectory, options, provider.GetService<TimeProvider>(), provider.GetService<ILoggerFactory>()?.CreateLogger<EmbeddedStore>()))
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Readings)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Retention)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Certificates)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Alerts)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Registry)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Accounts)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Policies)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Entities)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Observations)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Ledger)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().LedgerReader)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Pseudonyms)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Counters);
}
