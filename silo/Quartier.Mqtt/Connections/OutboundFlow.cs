using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// Messages to one subscriber, in order [MQTT-4.6.0-5, MQTT-4.6.0-6]. Sent at once while the peer reads and has room in
/// flight; else queued within limits. What exceeds them disconnects the subscriber: nothing is dropped silently.
/// </summary>
internal sealed class OutboundFlow
{
    private readonly MqttEndpoint _endpoint;
    private readonly ConnectionOutput _output;
    private readonly IIngestSession _session;
    private readonly string _clientId;
    private readonly ProtocolVersion _version;
    private readonly uint _maxPacketBytes;
    private readonly int _maxInFlight;
    private readonly Action _overflowed;
    private Queue<Delivery>? _queue;
    private long _queuedBytes;
    private Dictionary<ushort, OutgoingState>? _inFlight;
    private ushort _lastPacketId;
    private bool _overflow;

    /// <summary>The ingest is being asked about the head of the queue.</summary>
    private bool _asking;

    /// <summary>What it answered about the head of the queue.</summary>
    private bool? _answer;

    public OutboundFlow(MqttEndpoint endpoint, ConnectionOutput output, AcceptedClient client, long order, Action overflowed)
    {
        _endpoint = endpoint;
        _output = output;
        _session = client.Session;
        _clientId = client.ClientId;
        _version = client.Version;
        _maxPacketBytes = client.MaximumPacketBytes;
        _maxInFlight = Math.Min(client.ReceiveMaximum, endpoint.Options.MaxOutgoingInFlight); // [MQTT-3.3.4-9]
        _overflowed = overflowed;
        Order = order;
        output.Drained = Pump_NeedsLock;
    }

    /// <summary>Distinguishes subscribers, so that matches can be sorted by subscriber.</summary>
    public long Order { get; }

    /// <summary>Sends or queues; the caller flushes afterwards.</summary>
    public void Deliver(in Delivery delivery)
    {
        bool overflow;
        lock (_output.Gate)
        {
            overflow = !TryDeliver_NeedsLock(delivery) && !_overflow;
            _overflow |= overflow;
        }

        if (overflow)
        {
            _endpoint.Counters.SlowConsumer();
            _overflowed();
        }
    }

    public void Flush()
    {
        lock (_output.Gate)
        {
            _output.Flush_NeedsLock();
        }
    }

    /// <summary>PUBACK, PUBREC or PUBCOMP from the subscriber.</summary>
    public void OnAcknowledged(PacketType type, in AcknowledgementPacket packet)
    {
        lock (_output.Gate)
        {
            var state = OutgoingState.PubAck;
            var known = _inFlight is not null && _inFlight.TryGetValue(packet.PacketId, out state);
            switch (type)
            {
                case PacketType.PubRec:
                    OnPubRec_NeedsLock(packet, known && state is OutgoingState.PubRec or OutgoingState.PubComp);
                    break;
                case PacketType.PubAck when known && state == OutgoingState.PubAck:
                case PacketType.PubComp when known && state == OutgoingState.PubComp:
                    _inFlight!.Remove(packet.PacketId);
                    break;
                default:
                    return; // An acknowledgement of nothing: there is no answer to it in the standard.
            }

            Pump_NeedsLock();
        }
    }

    /// <summary>Sends what waits, as far as the peer reads and has room in flight.</summary>
    public void Pump_NeedsLock()
    {
        while (_queue is { Count: > 0 } && CanSend_NeedsLock(_queue.Peek().Qos) && TrySettle_NeedsLock(_queue.Peek()))
        {
            _queuedBytes -= _queue.Dequeue().Message.Bytes;
        }
    }

    /// <summary>The connection has ended: what waited is counted and let go.</summary>
    public void Clear()
    {
        lock (_output.Gate)
        {
            _endpoint.Counters.NotDeliveredAtClose((_queue?.Count ?? 0) + (_inFlight?.Count ?? 0));
            _queue = null;
            _inFlight = null;
            _queuedBytes = 0;
        }
    }

    private void OnPubRec_NeedsLock(in AcknowledgementPacket packet, bool known)
    {
        if (known && packet.Reason >= ReasonCode.UnspecifiedError)
        {
            _inFlight!.Remove(packet.PacketId); // Section 4.3.3: the exchange ends without PUBREL.
            return;
        }

        if (known)
        {
            _inFlight![packet.PacketId] = OutgoingState.PubComp;
        }

        if (!_output.IsClosed_NeedsLock)
        {
            var reason = known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound;
            var target = _output.GetSpan_NeedsLock(AcknowledgementWriter.MaxBytes);
            _output.Advance_NeedsLock(AcknowledgementWriter.Write(target, PacketType.PubRel, packet.PacketId, reason, _version)); // [MQTT-4.3.3-5]
        }
    }

    private bool TryDeliver_NeedsLock(in Delivery delivery)
    {
        if (_output.IsClosed_NeedsLock)
        {
            _endpoint.Counters.NotDeliveredAtClose(1);
            return true;
        }

        if (_queue is null or { Count: 0 } && CanSend_NeedsLock(delivery.Qos) && TrySettle_NeedsLock(delivery))
        {
            return true;
        }

        _queue ??= new Queue<Delivery>();
        var options = _endpoint.Options;
        if (_queue.Count >= options.MaxQueuedMessages || _queuedBytes + delivery.Message.Bytes > options.MaxQueuedBytes)
        {
            _endpoint.Counters.NotDeliveredAtClose(1);
            return false;
        }

        _queue.Enqueue(delivery);
        _queuedBytes += delivery.Message.Bytes;
        return true;
    }

    private bool CanSend_NeedsLock(QualityOfService qos) =>
        _output.HasRoom_NeedsLock() && (qos == QualityOfService.AtMostOnce || (_inFlight?.Count ?? 0) < _maxInFlight);

    /// <summary>Sends or withholds; false while the ingest has not answered: the delivery must then be, or become, the head of the queue.</summary>
    private bool TrySettle_NeedsLock(in Delivery delivery)
    {
        if (_asking)
        {
            return false;
        }

        var permitted = _answer;
        _answer = null;
        if (permitted is null)
        {
            var asked = Ask(delivery);
            if (asked.IsCompletedSuccessfully)
            {
                permitted = asked.GetAwaiter().GetResult();
            }
            else
            {
                _asking = true;
                _ = AwaitAnswerAsync(asked.AsTask());
                return false;
            }
        }

        if (permitted.Value)
        {
            Send_NeedsLock(delivery);
        }
        else
        {
            _endpoint.Counters.NotPermitted();
        }

        return true;
    }

    private ValueTask<bool> Ask(in Delivery delivery)
    {
        try
        {
            return _session.MayReceive(delivery.Message.Outgoing, delivery.Purpose);
        }
        catch (Exception failure)
        {
            // The boundary to the ingest. Without an answer nothing is sent, and the publisher on whose thread this runs is not to blame.
            MqttLog.NotDecided(_endpoint.Logger, failure, _clientId);
            return ValueTask.FromResult(false);
        }
    }

    private async Task AwaitAnswerAsync(Task<bool> asked)
    {
        var permitted = false;
        try
        {
            // Always later: whoever began to ask must have queued the delivery by then.
            permitted = await asked.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        catch (Exception failure)
        {
            // The boundary to the ingest: without an answer nothing is sent.
            MqttLog.NotDecided(_endpoint.Logger, failure, _clientId);
        }

        lock (_output.Gate)
        {
            _asking = false;
            if (_queue is { Count: > 0 })
            {
                _answer = permitted;
                Pump_NeedsLock();
                _answer = null; // Whatever could not be sent now is asked about again when it can.
                _output.Flush_NeedsLock();
            }
        }
    }

    private void Send_NeedsLock(in Delivery delivery)
    {
        var nowMs = _endpoint.NowMs;
        if (delivery.Message.ExpiresAtMs <= nowMs)
        {
            _endpoint.Counters.NotDeliveredExpired(); // [MQTT-3.3.2-5]
            return;
        }

        var bytes = PublishWriter.Measure(delivery, _version);
        if ((uint)bytes > _maxPacketBytes)
        {
            _endpoint.Counters.NotDeliveredTooLarge(); // [MQTT-3.1.2-24], [MQTT-3.1.2-25]
            return;
        }

        var packetId = delivery.Qos == QualityOfService.AtMostOnce ? (ushort)0 : NextPacketId(delivery.Qos);
        PublishWriter.Write(_output.GetSpan_NeedsLock(bytes), delivery, packetId, _version, nowMs);
        _output.Advance_NeedsLock(bytes);
        _endpoint.Counters.Delivered(bytes);
    }

    /// <summary>One that is not in use [MQTT-2.2.1-4]; there is one, as fewer than 65,535 are in flight.</summary>
    private ushort NextPacketId(QualityOfService qos)
    {
        _inFlight ??= [];
        var state = qos == QualityOfService.AtLeastOnce ? OutgoingState.PubAck : OutgoingState.PubRec;
        do
        {
            _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
        }
        while (!_inFlight.TryAdd(_lastPacketId, state));
        return _lastPacketId;
    }
}
