using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Sessions;

namespace Quartier.Mqtt.Connections;

/// <summary>What a client may send besides PUBLISH, once it is connected.</summary>
internal sealed class ControlPackets(MqttEndpoint endpoint, ConnectionOutput output, Action overflowed)
{
    /// <summary>Longer filters are cut in explanations: the client knows what it sent.</summary>
    private const int MaxShownCharacters = 80;

    /// <summary>Packets whose place between publications does not matter; false for those whose place does.</summary>
    /// <exception cref="MqttProtocolException">The packet has no business here.</exception>
    public bool TryHandleInPlace(AcceptedClient client, in Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubComp:
                MailboxOf(client).OnAcknowledged(frame.Type, ControlParser.ParseAcknowledgement(frame, client.Version));
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
    public async ValueTask<bool> HandleInOrderAsync(AcceptedClient client, Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Subscribe:
                await SubscribeAsync(client, ControlParser.ParseSubscribe(frame, client.Version, endpoint.TopicLimits)).ConfigureAwait(false);
                return true;
            case PacketType.Unsubscribe:
                await UnsubscribeAsync(client, ControlParser.ParseUnsubscribe(frame, client.Version, endpoint.TopicLimits)).ConfigureAwait(false);
                return true;
            default:
                Disconnect(client, ControlParser.ParseDisconnect(frame, client.Version));
                return false;
        }
    }

    /// <summary>The client's mailbox begins to send to this connection.</summary>
    public void Attach(AcceptedClient client, Mailbox mailbox) => mailbox.Attach(new SubscriberLink(client, output, endpoint.Options, overflowed));

    private void Disconnect(AcceptedClient client, DisconnectPacket packet)
    {
        if (packet.SessionExpirySeconds > 0 && client.AskedForNoExpiry)
        {
            throw MqttProtocolException.Protocol("DISCONNECT sets a session expiry interval, but the one of CONNECT was 0 (section 3.14.2.2.2).");
        }

        if (packet.SessionExpirySeconds is { } seconds)
        {
            endpoint.Sessions.ChangeExpiry(client.Session, seconds);
        }

        if (packet.Reason == ReasonCode.Success && client.Will is { } will)
        {
            client.Will = null; // [MQTT-3.14.4-3]
            endpoint.Wills.Discard(will);
        }
    }

    private async ValueTask SubscribeAsync(AcceptedClient client, SubscribePacket packet)
    {
        var mailbox = MailboxOf(client);
        var retained = new List<Delivery>();
        var pending = new PendingWrites();
        var stated = packet with { Purpose = packet.Purpose ?? client.Purpose }; // Kept with the subscription, whoever comes back to the session.
        var reasons = endpoint.SessionSubscriptions.Subscribe(client.Session, client.Ingest, stated, retained, pending);
        await CommitAsync(pending).ConfigureAwait(false);
        WriteGranted(client, PacketType.SubAck, packet.PacketId, reasons, i => packet.Requests[i].Filter); // [MQTT-3.8.4-1]
        foreach (var delivery in retained)
        {
            mailbox.Deliver(delivery, group: null, pending);
        }

        await CommitAsync(pending).ConfigureAwait(false);
    }

    private async ValueTask UnsubscribeAsync(AcceptedClient client, UnsubscribePacket packet)
    {
        var pending = new PendingWrites();
        var reasons = endpoint.SessionSubscriptions.Unsubscribe(client.Session, client.Ingest, packet, pending);
        await CommitAsync(pending).ConfigureAwait(false);
        WriteGranted(client, PacketType.UnsubAck, packet.PacketId, reasons, i => packet.Filters[i]); // [MQTT-3.10.4-4]
    }

    private void WriteGranted(AcceptedClient client, PacketType type, ushort packetId, ReasonCode[] reasons, Func<int, string> filter)
    {
        var explanation = client.WantsProblemInformation && endpoint.Options.SendReasonStrings ? Explanation(reasons, filter) : null; // [MQTT-3.1.2-29]
        var packet = ServerPackets.Granted(type, packetId, reasons, client.Version, explanation, client.MaximumPacketBytes);
        if (packet.Length > client.MaximumPacketBytes)
        {
            throw new MqttProtocolException( // [MQTT-3.1.2-24]
                ReasonCode.PacketTooLarge,
                $"The answer for {reasons.Length} topic filters has {packet.Length} bytes, but the client takes at most {client.MaximumPacketBytes}. Send fewer at a time.");
        }

        Write(packet);
    }

    /// <summary>Names the first filter that failed, and says how many did; null when none did.</summary>
    private string? Explanation(ReasonCode[] reasons, Func<int, string> filter)
    {
        var first = Array.FindIndex(reasons, HasFailed);
        if (first < 0)
        {
            return null;
        }

        var name = filter(first);
        var shown = name.Length <= MaxShownCharacters ? name : $"{name.AsSpan(0, MaxShownCharacters - (char.IsHighSurrogate(name[MaxShownCharacters - 1]) ? 1 : 0))}…";
        var others = reasons.Count(HasFailed) - 1;
        return $"'{shown}': {ReasonTexts.OfFilter(reasons[first], endpoint.Options)}{(others > 0 ? $" {others} more of {reasons.Length} filters failed." : string.Empty)}";
    }

    private static bool HasFailed(ReasonCode reason) => reason > ReasonCode.GrantedQos2;

    private async ValueTask CommitAsync(PendingWrites pending)
    {
        if (!pending.IsEmpty)
        {
            await pending.CommitAsync(endpoint.Store!).ConfigureAwait(false);
            pending.Clear();
        }
    }

    private Mailbox MailboxOf(AcceptedClient client)
    {
        if (client.Session.Mailbox is { } mailbox)
        {
            return mailbox;
        }

        client.Session.Mailbox = new Mailbox(endpoint, client.Session);
        Attach(client, client.Session.Mailbox);
        return client.Session.Mailbox;
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
