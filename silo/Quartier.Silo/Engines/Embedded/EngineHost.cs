using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Quartier.Silo.Startup;
using Quartier.Storage;

namespace Quartier.Silo.Engines;

/// <summary>Runs the grains on the embedded engine: one process, nothing to install.</summary>
internal static class EngineHost
{
    /// <summary>Adds the engine.</summary>
    public static void Add(WebApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        silo.Services.Configure<GrainCollectionOptions>(collection => collection.ActivationTimeout = ActivationLimit.Time);
        silo.Services.AddGrainStorage(EmbeddedStoreRegistration.GrainStateStore, static (services, _) => services.GetRequiredService<EmbeddedStore>().GrainStates);
    });
}
