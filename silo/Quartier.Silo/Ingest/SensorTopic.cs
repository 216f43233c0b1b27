using System.Text;
using Quartier.Contracts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Decoders;
using Quartier.Domain.Payloads;

namespace Quartier.Silo.Ingest;

/// <summary>A topic <c>v1/{city}/{gateway}/{sensor}</c> taken apart, and what the registry says about it.</summary>
/// <param name="City">Second level; empty when the topic has none.</param>
/// <param name="Gateway">Third level; empty when the topic has none.</param>
/// <param name="Sensor">Fourth level; empty when the topic has none.</param>
/// <param name="Snapshot">The city's registry, or null.</param>
/// <param name="Definition">The sensor, or null.</param>
/// <param name="Refusal">Why nothing can be taken from this topic; null when it can.</param>
/// <param name="Detail">The same for the operator.</param>
internal sealed record SensorTopic(
    string City, string Gateway, string Sensor, RegistrySnapshot? Snapshot, SensorDefinition? Definition, RefusalReason? Refusal, string Detail)
{
    /// <summary>Key of the sensor's grain.</summary>
    public string Key => GrainKeys.Sensor(City, Gateway, Sensor);

    /// <summary>What the topic itself says of the device and the property; null when nothing of the kind was asked.</summary>
    public TopicTarget? Target { get; init; }

    /// <summary>Third level of the topics in which the city itself publishes.</summary>
    public const string Live = "live";

    /// <summary>Looks a topic up.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="registry">What is registered.</param>
    /// <param name="origin">Whose topic it is; null when it says so itself: <c>v1/{city}/{gateway}/…</c>.</param>
    public static SensorTopic Of(ReadOnlySpan<byte> topic, IRegistry registry, TopicOrigin? origin = null)
    {
        var text = Encoding.UTF8.GetString(topic);
        if (origin is not null)
        {
            return Below(origin.City, origin.Gateway, text, registry);
        }

        var levels = text.Split('/', 4);
        if (levels is not ["v1", { Length: > 0 } city, { Length: > 0 } gateway, { Length: > 0 } rest] || gateway is Live)
        {
            return Nowhere(gateway: string.Empty, $"The topic '{WithheldText.Of(text)}' is not v1/{{city}}/{{gateway}}/{{sensor}}.");
        }

        return Below(city, gateway, rest, registry);
    }

    /// <summary>Looks up what a gateway's decoder says of a topic.</summary>
    private static SensorTopic Below(string city, string gateway, string topic, IRegistry registry)
    {
        if (registry.Find(city)?.Gateway(gateway) is not { } known)
        {
            return Of(city, gateway, WithheldText.Of(topic), registry);
        }

        var map = TopicMap.Of(known);
        if (map.Find(topic) is not { } target)
        {
            return Nowhere(gateway, known.Decoder is null
                ? $"The topic 'v1/{city}/{gateway}/{WithheldText.Of(topic)}' is not v1/{{city}}/{{gateway}}/{{sensor}}."
                : $"The topic '{WithheldText.Of(topic)}' is none that the decoder of {gateway} knows: {map.Patterns}.") with
            { City = city };
        }

        return target.IsIgnored
            ? new SensorTopic(city, gateway, string.Empty, null, null, null, string.Empty) { Target = target }
            : Of(city, gateway, target.Sensor, registry) with { Target = target };
    }

    private static SensorTopic Nowhere(string gateway, string detail) =>
        new(string.Empty, gateway, string.Empty, null, null, RefusalReason.BadTopic, detail);

    /// <summary>Looks a sensor up by its names.</summary>
    public static SensorTopic Of(string city, string gateway, string sensor, IRegistry registry)
    {
        var snapshot = registry.Find(city);
        var definition = snapshot?.Sensor(gateway, sensor);
        var (refusal, detail) = (snapshot, snapshot?.Gateway(gateway), definition) switch
        {
            (null, _, _) => ((RefusalReason?)RefusalReason.UnknownCity, $"No city '{city}' is registered."),
            (_, null, _) => (RefusalReason.UnknownGateway, $"No gateway '{gateway}' is registered in {city}."),
            (_, _, null) => (RefusalReason.UnknownSensor, $"No sensor '{WithheldText.Of(sensor)}' is registered behind the gateway '{gateway}'."),
            _ => (null, string.Empty),
        };
        return new(city, gateway, definition is null ? WithheldText.Of(sensor) : sensor, snapshot, definition, refusal, detail);
    }
}
