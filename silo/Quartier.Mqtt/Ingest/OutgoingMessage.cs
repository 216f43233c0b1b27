namespace Quartier.Mqtt.Ingest;

/// <summary>A message that is about to be sent to subscribers; one object for all of them.</summary>
public sealed class OutgoingMessage
{
    /// <summary>Names the message's parts.</summary>
    public OutgoingMessage(ReadOnlyMemory<byte> topic, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte> properties)
    {
        Topic = topic;
        Payload = payload;
        Properties = properties;
    }

    /// <summary>The topic name, valid UTF-8 without wildcards.</summary>
    public ReadOnlyMemory<byte> Topic { get; }

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The MQTT 5 properties that would be passed on, as on the wire, without their length. Read them with <see cref="Packets.PropertyReader"/>.</summary>
    public ReadOnlyMemory<byte> Properties { get; }

    /// <summary>What the ingest said about a message of its own to <see cref="MqttEndpoint.Publish(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}, object?, Func{byte[]}?)"/> when an earlier run published it; empty for all others. No client can set it.</summary>
    public ReadOnlyMemory<byte> Source { get; init; }

    /// <summary>What the ingest has found out about the message, so that it need not look again for each subscriber. May be set from any thread.</summary>
    public object? Note { get; set; }
}
