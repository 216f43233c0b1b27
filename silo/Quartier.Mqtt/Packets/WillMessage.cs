using Quartier.Mqtt.Ingest;

namespace Quartier.Mqtt.Packets;

/// <summary>The message that the server publishes when the client is lost (section 3.1.2.5), copied from CONNECT.</summary>
internal sealed record WillMessage(byte[] Topic, byte[] Payload, byte[] Properties, QualityOfService Qos, bool Retain)
{
    /// <summary>How long to wait after the loss of the connection; 0 in 3.1.1.</summary>
    public uint DelaySeconds { get; init; }

    public IncomingPublish ToPublish() => new(Topic, Payload, Properties, PacketId: 0, Qos, Retain, Duplicate: false);
}
