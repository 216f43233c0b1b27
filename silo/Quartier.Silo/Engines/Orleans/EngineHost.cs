using System.Net;
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
        // No gateway: clients come over MQTT and HTTP alone.
        silo.UseLocalhostClustering(gatewayPort: 0, serviceId: "quartier", clusterId: "quartier");

        // Orleans refuses to be known by port 0, so the silo is known by the usual one, and listens on a free one: two cities on a machine must not meet.
        silo.Configure<EndpointOptions>(endpoint => endpoint.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0));
        silo.Configure<GrainCollectionOptions>(collection => collection.ActivationTimeout = ActivationLimit.Time);
        silo.Services.AddGrainStorage(EmbeddedStoreRegistration.GrainStateStore, static (services, _) => services.GetRequiredService<EmbeddedStore>().GrainStates);
    });
}
