using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Mqtt;
using Quartier.Storage;

namespace Quartier.Silo.SensorThings;

/// <summary>Adds the SensorThings API over MQTT.</summary>
internal static class SensorThingsOverMqtt
{
    /// <summary>The endpoint is asked for when the first notice is published: it needs the ingest, which needs the store that tells.</summary>
    public static void Add(IServiceCollection services) => services.AddSensorThingsOverMqtt(
        provider => provider.GetRequiredService<EmbeddedStore>().Readings,
        provider => notice => provider.GetRequiredService<MqttEndpoint>().Publish(
            notice.Topic, notice.Payload, (object?)notice.Source ?? OpenNotice.At(provider.GetRequiredService<TimeProvider>()), notice.Source is { } source ? () => NoticeParts.Write(source) : null));
}
