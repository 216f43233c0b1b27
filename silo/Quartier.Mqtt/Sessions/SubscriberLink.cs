using Quartier.Mqtt.Connections;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>The connection through which a mailbox sends, and what this connection's client can take.</summary>
internal sealed class SubscriberLink(AcceptedClient client, ConnectionOutput output, MqttOptions options, Action overflowed)
{
    public ConnectionOutput Output { get; } = output;

    public IIngestSession Ingest { get; } = client.Ingest;

    public ProtocolVersion Version { get; } = client.Version;

    public uint MaxPacketBytes { get; } = client.MaximumPacketBytes;

    /// <summary>[MQTT-3.3.4-9]</summary>
    public int MaxInFlight { get; } = Math.Min(client.ReceiveMaximum, options.MaxOutgoingInFlight);

    /// <summary>Null when the client takes none.</summary>
    public OutgoingAliases? Aliases { get; } = Math.Min(client.TopicAliasMaximum, options.MaxOutgoingTopicAliases) is > 0 and var maximum
        ? new OutgoingAliases(maximum)
        : null;

    public Action Overflowed { get; } = overflowed;
}
