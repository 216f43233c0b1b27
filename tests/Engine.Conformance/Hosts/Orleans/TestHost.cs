using Orleans;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Quartier.Engine.Conformance.Hosts;

/// <summary>Microsoft Orleans in one silo, set up for a test.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TestHost(InProcessTestCluster cluster) => _cluster = cluster;

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<TestHost> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("named");
            silo.UseInMemoryReminderService();
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestHost(cluster);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
