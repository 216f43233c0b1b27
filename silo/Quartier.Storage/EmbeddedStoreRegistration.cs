using Microsoft.Extensions.DependencyInjection;

namespace Quartier.Storage;

/// <summary>Adds the embedded store to a host's services.</summary>
public static class EmbeddedStoreRegistration
{
    /// <summary>The name of the store for grain states, as in <c>[PersistentState("…", "city")]</c>.</summary>
    public const string GrainStateStore = "city";

    /// <summary>
    /// Adds the store and its ports. It is opened when first asked for, which throws <see cref="Contracts.Readings.StoreException"/> when
    /// another process holds the directory, and closed with the host.
    /// </summary>
    public static IServiceCollection AddEmbeddedStore(this IServiceCollection services, string dataDirectory, StoreOptions? options = null) => services
        .AddSingleton(provider => EmbeddedStore.Open(dataDirectory, options, provider.GetService<TimeProvider>()))
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Readings)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Alerts)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Registry)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Accounts)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Policies)
        .AddSingleton(provider => provider.GetRequiredService<EmbeddedStore>().Counters);
}
