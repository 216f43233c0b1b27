using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Contracts.Registry;
using Quartier.Silo.Ingest;
using Quartier.Silo.Live;

namespace Quartier.Silo.SensorThings;

/// <summary>What a notice of the SensorThings API holds, as far as policies speak of it.</summary>
internal static class NoticeParts
{
    /// <summary>The parts, by the registry that is in force; none when nobody may get it any more.</summary>
    public static MessageParts Of(NoticeSource source, IRegistry registry)
    {
        var topic = SensorTopic.Of(source.City, source.Gateway, source.Sensor, registry);
        IReadOnlyCollection<string> properties = source.Properties.IsEmpty && topic.Definition is { } sensor ? [.. sensor.Datastreams.Select(d => d.Property)] : source.Properties;
        var parts = properties.Count == 0 ? null : LiveParts.OfSensor(topic, null, properties);
        return (parts ?? new MessageParts(topic, [])) with { HoldsQuality = source.HoldsQuality, Notice = source };
    }
}
