using System.Collections.Immutable;
using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Contracts.Registry;
using Quartier.Domain.Payloads;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Live;
using Quartier.Silo.SensorThings;

namespace Quartier.Silo.Ingest;

/// <summary>
/// What a message holds, as far as policies speak of it. One that holds anything else, be it a field that the ingest drops or a property that is
/// free text, reaches no reader: nobody could have permitted it.
/// </summary>
/// <param name="Topic">The sensor.</param>
/// <param name="Streams">Index of each datastream in the message, its name, and how many samples there are of it; none when it reaches nobody.</param>
internal sealed record MessageParts(SensorTopic Topic, ImmutableArray<(int Index, string Name, int Samples)> Streams)
{
    /// <summary>The same of further sensors, where the message follows from several: all must be permitted.</summary>
    public ImmutableArray<MessageParts> Others { get; init; } = [];

    /// <summary>Whether the message tells the quality of what it holds.</summary>
    public bool HoldsQuality { get; init; }

    /// <summary>What the message tells of when it is a notice of the SensorThings API; null for others.</summary>
    public NoticeSource? Notice { get; init; }

    /// <summary>Media types that say nothing but how the payload is written.</summary>
    private static readonly byte[][] PlainTypes = ["application/json"u8.ToArray(), "application/senml+json"u8.ToArray(), "text/plain"u8.ToArray()];

    /// <summary>The parts of a message; remembered with it while the registry stays the same.</summary>
    public static MessageParts Of(OutgoingMessage message, IRegistry registry, SharedSchemas schemas, long nowMs)
    {
        if (message.Note is MessageParts known && (known.Topic.Snapshot is null || ReferenceEquals(registry.Find(known.Topic.City), known.Topic.Snapshot)))
        {
            return known;
        }

        if ((message.Note as NoticeSource ?? (message.Note as MessageParts)?.Notice ?? NoticeParts.Read(message.Source.Span)) is { } source)
        {
            var told = NoticeParts.Of(source, registry);
            message.Note = told;
            return told;
        }

        if (LiveParts.Of(message.Topic.Span, registry) is { } live)
        {
            message.Note = live;
            return live;
        }

        var topic = SensorTopic.Of(message.Topic.Span, registry);
        var parts = new MessageParts(topic, topic.Refusal is null && IsOwnFormat(topic) && IsPlain(message.Properties.Span) ? Read(message, topic, schemas, nowMs) : []);
        message.Note = parts;
        return parts;
    }

    private static ImmutableArray<(int Index, string Name, int Samples)> Read(
        OutgoingMessage message, SensorTopic topic, SharedSchemas schemas, long nowMs)
    {
        var samples = new SampleBuffer();
        var sensor = topic.Definition!;
        var result = PayloadDecoder.Decode(message.Payload.Span, schemas.Of(sensor), nowMs, samples);
        if (result.Refused > 0)
        {
            return [];
        }

        var counts = new int[sensor.Datastreams.Length];
        foreach (var sample in samples.Samples)
        {
            counts[sample.Datastream]++;
        }

        return
        [
            .. counts.Select((count, index) => (Index: index, Name: $"{topic.Gateway}/{topic.Sensor}/{sensor.Datastreams[index].Property}", Samples: count))
                .Where(s => s.Samples > 0),
        ];
    }

    /// <summary>Messages of other systems hold more than readings: they reach nobody, the city's own live topics tell of what was read in them.</summary>
    private static bool IsOwnFormat(SensorTopic topic) => topic.Definition is not null
        && topic.Snapshot?.Gateway(topic.Gateway) is { Decoder: null or { Format: DecoderFormat.Native or DecoderFormat.SenMLJson } };

    private static bool IsPlain(ReadOnlySpan<byte> properties)
    {
        var reader = new PropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            var isPlain = property.Id switch
            {
                PropertyId.PayloadFormatIndicator => true,
                PropertyId.ContentType => IsPlainType(property.Data),
                _ => false,
            };
            if (!isPlain)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlainType(ReadOnlySpan<byte> type)
    {
        foreach (var plain in PlainTypes)
        {
            if (type.SequenceEqual(plain))
            {
                return true;
            }
        }

        return false;
    }
}
