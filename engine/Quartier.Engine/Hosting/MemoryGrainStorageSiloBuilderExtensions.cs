using Orleans.Runtime.Hosting;
using Quartier.Engine.State;

namespace Orleans.Hosting;

/// <summary>Storages in memory, lost with the process; for tests and trials.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>A storage in memory.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name) =>
        builder.ConfigureServices(services => services.AddGrainStorage(name, static (_, _) => new MemoryGrainStorage()));

    /// <summary>A storage in memory for states that name none.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) => builder.AddMemoryGrainStorage("Default");
}
