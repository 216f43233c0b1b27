using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Payloads;

namespace Quartier.Domain.Decoders;

/// <summary>Tries a gateway's decoder on one message, and stores nothing.</summary>
public static class DecoderTrial
{
    private static readonly RefusalReason[] Reasons = Enum.GetValues<RefusalReason>();

    /// <summary>Tries it.</summary>
    /// <param name="registry">The city.</param>
    /// <param name="gateway">Whose message it is.</param>
    /// <param name="topic">Below <c>v1/{city}/{gateway}/</c>, or as the device or a remote broker has it.</param>
    /// <param name="payload">The message.</param>
    /// <param name="receivedMs">When it arrives, in milliseconds since 1970-01-01T00:00:00Z.</param>
    public static TrialResult Run(RegistrySnapshot registry, GatewayDefinition gateway, string topic, ReadOnlySpan<byte> payload, long receivedMs)
    {
        var map = TopicMap.Of(gateway);
        if (map.Find(topic) is not { } target)
        {
            return Nobody(RefusalReason.BadTopic, $"The topic matches none of the gateway's: {map.Patterns}.");
        }

        if (target.IsIgnored)
        {
            return new(string.Empty, [], [], IsIgnored: true);
        }

        if (registry.Sensor(gateway.Id, target.Sensor) is not { } sensor)
        {
            return Nobody(RefusalReason.UnknownSensor, $"No sensor '{target.Sensor}' is registered behind the gateway '{gateway.Id}'.");
        }

        var samples = new SampleBuffer();
        var schema = SensorSchema.Compile(sensor);
        if (gateway.Decoder is { } decoder)
        {
            PayloadReader.Compile(decoder, schema, target.Device, target.Property).Decode(payload, receivedMs, samples);
        }
        else
        {
            PayloadDecoder.Decode(payload, schema, receivedMs, samples);
        }

        return new(
            $"{gateway.Id}/{sensor.Id}",
            [.. samples.Samples.ToArray().Select(s => (sensor.Datastreams[s.Datastream].Property, sensor.Datastreams[s.Datastream].Unit, s))],
            [.. Reasons.Where(r => samples.RefusedFor(r) > 0).Select(r => (r, samples.RefusedFor(r), samples.DetailFor(r) ?? string.Empty))],
            IsIgnored: false);
    }

    private static TrialResult Nobody(RefusalReason reason, string detail) => new(string.Empty, [], [(reason, 1, detail)], IsIgnored: false);
}
