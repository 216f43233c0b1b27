using System.Text;
using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Contracts.Registry;
using Quartier.Silo.Ingest;
using Quartier.Silo.Live;

namespace Quartier.Silo.SensorThings;

/// <summary>What a notice of the SensorThings API holds, as far as policies speak of it.</summary>
internal static class NoticeParts
{
    /// <summary>Between the texts of a source on the disk; in no name.</summary>
    private const char Separator = '\0';

    /// <summary>The source as text, for a notice that waits for a client longer than the process lives.</summary>
    public static byte[] Write(NoticeSource source) => Encoding.UTF8.GetBytes(string.Join(
        Separator, [source.City, source.Gateway, source.Sensor, source.HoldsQuality ? "quality" : string.Empty, .. source.Properties]));

    /// <summary>What <see cref="Write"/> wrote; null when that was nothing.</summary>
    public static NoticeSource? Read(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).Split(Separator) is [var city, var gateway, var sensor, var quality, .. var properties]
        ? new NoticeSource(city, gateway, sensor, [.. properties], quality.Length > 0)
        : null;

    /// <summary>The parts, by the registry that is in force; none when nobody may get it any more.</summary>
    public static MessageParts Of(NoticeSource source, IRegistry registry)
    {
        var topic = SensorTopic.Of(source.City, source.Gateway, source.Sensor, registry);
        IReadOnlyCollection<string> properties = source.Properties.IsEmpty && topic.Definition is { } sensor ? [.. sensor.Datastreams.Select(d => d.Property)] : source.Properties;
        var parts = properties.Count == 0 ? null : LiveParts.OfSensor(topic, null, properties);
        return (parts ?? new MessageParts(topic, [])) with { HoldsQuality = source.HoldsQuality, Notice = source };
    }
}
