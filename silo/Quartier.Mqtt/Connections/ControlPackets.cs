using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Connections;

/// <summary>What a client may send besides PUBLISH, once it is connected.</summary>
internal sealed class ControlPackets(MqttEndpoint endpoint, ConnectionOutput output, Action overflowed)
{
    /// <summary>Packets whose place between publications does not matter; false for those whose place does.</summary>
    /// <exception cref="MqttProtocolException">The packet has no business here.</exception>
    public bool TryHandleInPlace(AcceptedClient client, in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubComp:
                OutboundOf(client).OnAcknowledged(frame.Type, ControlParser.ParseAcknowledgement(frame, client.Version));
                return true;
            case PacketType.PubRel:
                client.Inbound.Release(ControlParser.ParseAcknowledgement(frame, client.Version).PacketId);
                return true;
            case PacketType.PingReq:
                ControlParser.CheckPing(frame);
                Write(ServerPackets.PingResp); // [MQTT-3.12.4-1]
                return true;
            case PacketType.Subscribe or PacketType.Unsubscribe or PacketType.Disconnect:
                return false;
            case PacketType.Connect:
                throw MqttProtocolException.Protocol("CONNECT came a second time [MQTT-3.1.0-2].");
            case PacketType.Auth when client.Version == ProtocolVersion.V5:
                throw MqttProtocolException.Protocol("AUTH came, but no enhanced authentication was agreed upon (section 4.12).");
            default:
                throw MqttProtocolException.Malformed($"A client cannot send the packet type {(int)frame.Type}.");
        }
    }

    /// <summary>Packets that must wait for the publications before them; false when the client leaves.</summary>
    public bool HandleInOrder(AcceptedClient client, in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Subscribe:
                Subscribe(client, ControlParser.ParseSubscribe(frame, client.Version, endpoint.TopicLimits));
                return true;
            case PacketType.Unsubscribe:
                Unsubscribe(client, ControlParser.ParseUnsubscribe(frame, client.Version, endpoint.TopicLimits));
                return true;
            default:
                Disconnect(client, ControlParser.ParseDisconnect(frame, client.Version));
                return false;
        }
    }

    private static void Disconnect(AcceptedClient client, DisconnectPacket packet)
    {
        if (packet.SessionExpirySeconds > 0 && client.AskedForNoExpiry)
        {
            throw MqttProtocolException.Protocol("DISCONNECT sets a session expiry interval, but the one of CONNECT was 0 (section 3.14.2.2.2).");
        }

        if (packet.Reason == ReasonCode.Success)
        {
            client.Will = null; // [MQTT-3.14.4-3]
        }
    }

    private void Subscribe(AcceptedClient client, SubscribePacket packet)
    {
        var outbound = OutboundOf(client);
        client.Subscriptions ??= new ClientSubscriptions(endpoint, client.Session, outbound, client.Version);
        var retained = new List<Delivery>();
        var reasons = client.Subscriptions.Subscribe(packet, retained);
        Write(ServerPackets.Granted(PacketType.SubAck, packet.PacketId, reasons, client.Version)); // [MQTT-3.8.4-1]
        foreach (var delivery in retained)
        {
            outbound.Deliver(delivery);
        }
    }

    private void Unsubscribe(AcceptedClient client, UnsubscribePacket packet)
    {
        var reasons = client.Subscriptions?.Unsubscribe(packet);
        if (reasons is null)
        {
            reasons = new ReasonCode[packet.Filters.Count];
            Array.Fill(reasons, ReasonCode.NoSubscriptionExisted);
        }

        Write(ServerPackets.Granted(PacketType.UnsubAck, packet.PacketId, reasons, client.Version)); // [MQTT-3.10.4-4]
    }

    private OutboundFlow OutboundOf(AcceptedClient client)
    {
        if (client.Outbound is null)
        {
            client.Outbound = new OutboundFlow(endpoint, output, client, endpoint.NextOrder(), overflowed);
            client.Inbound.Self = client.Outbound;
        }

        return client.Outbound;
    }

    /// <summary>The read loop flushes when it has handled all that it read.</summary>
    private void Write(ReadOnlySpan<byte> packet)
    {
        lock (output.Gate)
        {
            output.Write_NeedsLock(packet);
        }
    }
}
