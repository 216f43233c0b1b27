using System.Runtime.InteropServices;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Ingest;

/// <summary>A message as it came from the client. Its bytes are valid only during <see cref="IIngestSession.Accept"/>.</summary>
/// <param name="Topic">The topic name: valid UTF-8 without U+0000 and wildcards; a topic alias is already resolved.</param>
/// <param name="Payload">The payload in one piece; may be empty.</param>
/// <param name="Properties">
/// The MQTT 5 properties as on the wire, without their length, already validated; empty in 3.1.1. Read them with <see cref="PropertyReader"/>.
/// </param>
/// <param name="PacketId">1 … 65,535; 0 for QoS 0 and wills.</param>
/// <param name="Qos">The quality of service that the client chose.</param>
/// <param name="Retain">The message shall be kept for later subscribers.</param>
/// <param name="Duplicate">The client says it may have sent this before.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IncomingPublish(
    ReadOnlyMemory<byte> Topic,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> Properties,
    ushort PacketId,
    QualityOfService Qos,
    bool Retain,
    bool Duplicate);
