using System.Runtime.InteropServices;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Messages;

/// <summary>How one packet carries a delivery.</summary>
/// <param name="Version">The protocol of the connection.</param>
/// <param name="PacketId">0 for QoS 0.</param>
/// <param name="Duplicate">It may have been sent before [MQTT-3.3.1-1].</param>
/// <param name="Alias">The topic alias; 0 for none.</param>
/// <param name="AliasIsKnown">The alias stands for the topic, which is left out.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PublishForm(ProtocolVersion Version, ushort PacketId, bool Duplicate, ushort Alias, bool AliasIsKnown);
