using Quartier.Mqtt.Ingest;

namespace Quartier.Mqtt.Packets;

/// <summary>The message that the server publishes when the client is lost (section 3.1.2.5), copied from CONNECT.</summary>
internal sealed record WillMessage(byte[] Topic, byte[] Payload, byte[] Properties, QualityOfService Qos, bool Retain)
{
    public IncomingPublish ToPublish() => new(Topic, Payload, Properties, PacketId: 0, Qos, Retain, Duplicate: false);
}
