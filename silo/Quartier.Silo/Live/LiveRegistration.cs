using Quartier.Contracts.Live;
using Quartier.Contracts.Registry;
using Quartier.Mqtt;

namespace Quartier.Silo.Live;

/// <summary>Adds the live topics.</summary>
internal static class LiveRegistration
{
    /// <summary>The endpoint is asked for when the first message is published: it needs the ingest, which needs the live topics.</summary>
    public static void Add(IServiceCollection services) => services.AddSingleton(provider => new LiveTopics(
        provider.GetRequiredService<IRegistry>(),
        provider.GetRequiredService<IGrainFactory>(),
        provider.GetRequiredService<ILiveWatch>(),
        provider.GetRequiredService<MqttEndpoint>,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<LiveTopics>>()));
}
