using System.Text;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Messages;

/// <summary>A message on its way to subscribers: copied once out of the socket's buffer, shared by all who get it.</summary>
internal sealed class Message
{
    private readonly byte[] _restoredSource;
    private OutgoingMessage? _outgoing;

    /// <summary>What comes out of the socket, or out of the session store.</summary>
    public Message(byte[] topic, byte[] payload, byte[] properties, byte[]? source = null)
    {
        Topic = topic;
        Payload = payload;
        Properties = properties;
        _restoredSource = source ?? [];
    }

    public byte[] Topic { get; }

    public byte[] Payload { get; }

    /// <summary>The MQTT 5 properties that are passed on unaltered [MQTT-3.3.2-4, -15, -16, -17, -18, -20], as on the wire.</summary>
    public byte[] Properties { get; }

    public required QualityOfService Qos { get; init; }

    public required bool Retain { get; init; }

    /// <summary>When the publisher wants it no longer to be delivered, in the endpoint's clock; <see cref="long.MaxValue"/> for never.</summary>
    public required long ExpiresAtMs { get; init; }

    /// <summary>Until when it may wait for anybody, be it in memory or on the disk: <see cref="MqttOptions.MaxMessageAge"/> after its arrival.</summary>
    public required long KeepUntilMs { get; init; }

    /// <summary>Makes what the ingest wants to find with the message after a restart; null for messages of clients. Asked for only when the message is stored.</summary>
    public Func<byte[]>? SourceOf { get; init; }

    /// <summary>What the ingest wants to find with the message after a restart; empty for messages of clients.</summary>
    public byte[] Source => SourceOf?.Invoke() ?? _restoredSource;

    /// <summary>About the server itself: only who administers it gets it.</summary>
    public bool IsSystem { get; init; }

    /// <summary>The earlier of both: nobody gets it from then on.</summary>
    public long EndsAtMs => Math.Min(ExpiresAtMs, KeepUntilMs);

    /// <summary>The message as the ingest sees it when it is asked who may get it.</summary>
    public OutgoingMessage Outgoing => _outgoing ??= new OutgoingMessage(Topic, Payload, Properties) { Source = _restoredSource };

    /// <summary>What the message weighs in a queue or in the retained messages.</summary>
    public int Bytes => Topic.Length + Payload.Length + Properties.Length;

    /// <param name="publish">Points into the socket's buffer.</param>
    /// <param name="nowMs">The endpoint's clock, from which a message expiry interval counts.</param>
    /// <param name="keepMs">How long it may wait for anybody.</param>
    /// <param name="source">Makes what the ingest wants to find with it after a restart.</param>
    public static Message CopyOf(in IncomingPublish publish, long nowMs, long keepMs, Func<byte[]>? source = null)
    {
        var expiresAtMs = long.MaxValue;
        var properties = publish.Properties.IsEmpty ? [] : ForwardedProperties(publish.Properties.Span, nowMs, ref expiresAtMs);
        return new Message(publish.Topic.ToArray(), publish.Payload.ToArray(), properties)
        {
            Qos = publish.Qos,
            Retain = publish.Retain,
            ExpiresAtMs = expiresAtMs,
            KeepUntilMs = nowMs + keepMs,
            SourceOf = source,
        };
    }

    /// <summary>The topic for people.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Topic);

    private static byte[] ForwardedProperties(ReadOnlySpan<byte> block, long nowMs, ref long expiresAtMs)
    {
        var kept = new byte[block.Length];
        var length = 0;
        var reader = new PropertyReader(block);
        var start = 0;
        while (reader.TryRead(out var property))
        {
            if (property.Id == PropertyId.MessageExpiryInterval)
            {
                expiresAtMs = nowMs + (property.Number * 1000L);
            }
            else if (property.Id is not (PropertyId.TopicAlias or PropertyId.WillDelayInterval))
            {
                // Whatever the alias means, it means only to the connection that set it [MQTT-3.3.2-7].
                block[start..reader.Position].CopyTo(kept.AsSpan(length));
                length += reader.Position - start;
            }

            start = reader.Position;
        }

        return kept.AsSpan(0, length).ToArray();
    }
}
