using Quartier.Api.SensorThings.Writing;
using Quartier.Contracts.Readings;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>Lets the SensorThings API be spoken over MQTT.</summary>
public static class NoticeRegistration
{
    /// <summary>Adds subscriptions and creation over MQTT. From then on <see cref="IReadingStore"/> is a store that tells what it has stored.</summary>
    /// <param name="services">The services; the API has to be among them.</param>
    /// <param name="readings">The reading store itself.</param>
    /// <param name="publish">Sends a notice to whoever has subscribed and may have it; never waits.</param>
    public static IServiceCollection AddSensorThingsOverMqtt(
        this IServiceCollection services, Func<IServiceProvider, IReadingStore> readings, Func<IServiceProvider, Action<EntityNotice>> publish)
    {
        services.AddSingleton<SubscribedTopics>().AddSingleton<NoticeQueue>().AddSingleton<EntityNotices>().AddSingleton<ObservationNotices>();
        services.AddSingleton<IReadingStore>(provider => new ReadingTap(readings(provider), provider.GetRequiredService<NoticeQueue>()));
        services.AddSingleton(provider => new NoticePublisher(publish(provider)));
        services.AddSingleton(provider => new EntityDoor(
            provider.GetRequiredService<EntityWrites>(), provider.GetRequiredService<ObservationWrites>(), provider.GetRequiredService<ObservationDesk>()));
        services.AddHostedService<NoticeLoop>();
        return services.AddQuartierMetrics((provider, writer) => writer
            .Metric(Metrics.MetricKind.Counter, "quartier_sensorthings_notices_dropped_total", "Changes of which MQTT subscribers were not told because too many waited.")
            .Sample(provider.GetRequiredService<NoticeQueue>().Dropped));
    }
}
