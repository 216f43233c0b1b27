using Orleans.Runtime.Hosting;
using Quartier.Storage;

namespace Quartier.Silo.Engines;

/// <summary>Runs the grains on the embedded engine: one process, nothing to install.</summary>
internal static class EngineHost
{
    /// <summary>Name of the storage for the state of grains, as they ask for it.</summary>
    private const string StateStore = "city";

    /// <summary>Adds the engine.</summary>
    public static void Add(WebApplicationBuilder builder) => builder.UseOrleans(silo =>
        silo.Services.AddGrainStorage(StateStore, static (services, _) => services.GetRequiredService<EmbeddedStore>().GrainStorage));
}
