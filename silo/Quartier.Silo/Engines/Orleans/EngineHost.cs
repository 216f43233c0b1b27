using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Quartier.Silo.Startup;
using Quartier.Storage;

namespace Quartier.Silo.Engines;

/// <summary>
/// Runs the same grains on Microsoft Orleans, as one silo on the embedded store. A cluster needs a store that all silos share; until the
/// PostgreSQL store exists there is one silo.
/// </summary>
internal static class EngineHost
{
    /// <summary>Adds the engine.</summary>
    public static void Add(WebApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering(siloPort: 0, gatewayPort: 0);
        silo.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = "quartier");
        silo.Configure<GrainCollectionOptions>(collection => collection.ActivationTimeout = ActivationLimit.Time);
        silo.Services.AddGrainStorage(EmbeddedStoreRegistration.GrainStateStore, static (services, _) => services.GetRequiredService<EmbeddedStore>().GrainStates);
    });
}
