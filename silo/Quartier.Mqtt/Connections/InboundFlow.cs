using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Sessions;

namespace Quartier.Mqtt.Connections;

/// <summary>
/// Publications from one client: collected by read, handed to the ingest, acknowledged in order of arrival once they are
/// safe [MQTT-4.6.0-2, MQTT-4.6.0-3]. Only the read loop adds and submits; completions come from any thread.
/// </summary>
internal sealed class InboundFlow
{
    private readonly MqttEndpoint _endpoint;
    private readonly ConnectionOutput _output;
    private readonly IIngestSession _session;
    private readonly ProtocolVersion _version;
    private readonly Action<Exception> _failed;
    private readonly TopicAliases? _aliases;
    private readonly ClientSession _client;
    private readonly ReceivedOnce _received;
    private readonly AcknowledgementOutput _acknowledgements;
    private InboundBatch? _batch;
    private InboundBatch? _first;
    private InboundBatch? _last;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _idle;
    private int _messages;
    private int _bytes;
    private int _unacknowledged;

    public InboundFlow(
        MqttEndpoint endpoint, ConnectionOutput output, IIngestSession session, ClientSession client, ConnectPacket connect, Action<Exception> failed)
    {
        _endpoint = endpoint;
        _output = output;
        _session = session;
        _client = client;
        _received = new ReceivedOnce(endpoint, output, client);
        _acknowledgements = new AcknowledgementOutput(output, session, connect, endpoint.Options.SendReasonStrings);
        _version = client.Version;
        _failed = failed;
        _aliases = _version == ProtocolVersion.V5 && endpoint.Options.MaxTopicAliases > 0
            ? new TopicAliases(endpoint.Options.MaxTopicAliases)
            : null;
    }

    /// <summary>No more may be added before <see cref="SubmitAsync"/> and <see cref="WaitForRoomAsync"/>.</summary>
    public bool IsFull
    {
        get
        {
            var options = _endpoint.Options;
            var waiting = Volatile.Read(ref _messages) + (_batch?.Count ?? 0);
            return waiting >= options.MaxInFlightPerConnection
                || Volatile.Read(ref _bytes) + (_batch?.Bytes ?? 0) >= options.MaxInFlightBytesPerConnection
                || (_batch?.AcknowledgementCount ?? 0) >= options.MaxInFlightPerConnection;
        }
    }

    /// <summary>Parses a PUBLISH into the batch.</summary>
    public void Add(in Frame frame)
    {
        var publish = PublishParser.Parse(frame, _version, _endpoint.TopicLimits, _aliases);
        var batch = _batch ??= _endpoint.Batches.Rent();
        if (publish.Topic.Span[0] == (byte)'$')
        {
            Refuse(publish, batch);
            return;
        }

        if (publish.Qos == QualityOfService.ExactlyOnce && !_received.Remember(publish.PacketId, batch))
        {
            // Exactly once (section 4.3.3): acknowledged again, handed over once.
            _endpoint.Counters.Repeated();
            batch.Acknowledge(new Acknowledgement(publish.PacketId, PacketType.PubRec, Index: -1, ReasonCode.Success));
            return;
        }

        if (publish.Qos != QualityOfService.AtMostOnce)
        {
            CountUnacknowledged();
        }

        batch.Add(publish);
    }

    /// <summary>Drops what was added and never submitted, because the connection ended while it waited for budget.</summary>
    public void Discard()
    {
        if (_batch is { } batch)
        {
            _batch = null;
            _endpoint.Batches.Return(batch);
        }
    }

    /// <summary>Hands the batch over as soon as the budget of all connections has room. The fast path is synchronous.</summary>
    /// <param name="waiting">Whose end also ends the wait; null for nobody's.</param>
    public ValueTask SubmitAsync(MqttConnection? waiting)
    {
        var batch = _batch;
        if (batch is null)
        {
            return ValueTask.CompletedTask;
        }

        if (!_endpoint.Budget.TryReserve(batch.Count, batch.Bytes))
        {
            return SubmitLaterAsync(batch, waiting?.Ending ?? CancellationToken.None);
        }

        Submit(batch);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until this connection's own budget has room.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_output.Gate)
        {
            if (!IsFull || _output.IsClosed)
            {
                return Task.CompletedTask;
            }

            _endpoint.Counters.BudgetWait();
            return (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>PUBREL: the packet identifier is free again (section 4.3.3), and PUBCOMP says so [MQTT-4.3.3-11].</summary>
    public void Release(ushort packetId)
    {
        lock (_output.Gate)
        {
            var known = _client.Receiving.Remove(packetId);
            if (known && _version == ProtocolVersion.V5)
            {
                Interlocked.Decrement(ref _unacknowledged);
            }

            if (!known || !_client.IsStored)
            {
                _acknowledgements.Write_NeedsLock(PacketType.PubComp, packetId, known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound);
                return;
            }
        }

        _ = ReleaseDurablyAsync(packetId);
    }

    /// <summary>Completes when nothing is in the ingest any more, so that the session may go to another connection.</summary>
    public Task WhenIdleAsync()
    {
        lock (_output.Gate)
        {
            return _first is null ? Task.CompletedTask : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>The connection ends: whoever waits for room is woken.</summary>
    public void Wake_NeedsLock()
    {
        _room?.TrySetResult();
        _room = null;
    }

    private async ValueTask SubmitLaterAsync(InboundBatch batch, CancellationToken ending)
    {
        _endpoint.Counters.BudgetWait();
        await _endpoint.Budget.ReserveAsync(batch.Count, batch.Bytes, ending).ConfigureAwait(false);
        Submit(batch);
    }

    private void Submit(InboundBatch batch)
    {
        _batch = null;
        Interlocked.Add(ref _messages, batch.Count);
        Interlocked.Add(ref _bytes, batch.Bytes);
        _endpoint.Counters.Received(batch.Count, batch.Bytes);
        var durable = default(ValueTask);
        if (batch.Count > 0)
        {
            durable = Accept(batch);
            _endpoint.Router.Route(batch, _client.Mailbox);
            batch.ForgetBytes();
        }

        if (durable.IsCompletedSuccessfully && batch.Pending.IsEmpty)
        {
            durable.GetAwaiter().GetResult();
            Enqueue(batch);
            Complete(batch);
            return;
        }

        Enqueue(batch);
        _ = ObserveAsync(batch, durable);
    }

    private async Task ObserveAsync(InboundBatch batch, ValueTask durable)
    {
        try
        {
            await durable.ConfigureAwait(true); // In the lane of whoever submitted, with all of the same group commit.
            if (!batch.Pending.IsEmpty)
            {
                // After the ingest: no copy for a subscriber, and no memory of the packet, outlives a message that the ingest has not kept.
                await batch.Pending.CommitAsync(_endpoint.Store!).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            // The boundary to the ingest and the store. Closes the output: nothing of the batch is acknowledged, the client will send again.
            batch.HasFailed = true;
            batch.Pending.Drop();
            _failed(failure);
        }

        Complete(batch);
    }

    /// <summary>The batch is done: it and all before it that are, are acknowledged in one write.</summary>
    private void Complete(InboundBatch batch)
    {
        lock (_output.Gate)
        {
            batch.IsCompleted = true;
            while (_first is { IsCompleted: true } next)
            {
                _first = next.Next;
                Finish_NeedsLock(next);
            }

            _output.Flush_NeedsLock();
            if (_first is null)
            {
                _idle?.TrySetResult();
            }
        }
    }

    private ValueTask Accept(InboundBatch batch)
    {
        try
        {
            return _session.Accept(batch.Publishes, batch.Reasons);
        }
        catch
        {
            _endpoint.Budget.Release(batch.Count, batch.Bytes);
            lock (_output.Gate)
            {
                _received.Forget_NeedsLock(batch);
            }

            throw;
        }
    }

    private void Enqueue(InboundBatch batch)
    {
        lock (_output.Gate)
        {
            if (_first is null)
            {
                _first = batch;
            }
            else
            {
                _last!.Next = batch;
            }

            _last = batch;
        }
    }

    private void Finish_NeedsLock(InboundBatch batch)
    {
        if (batch.HasFailed)
        {
            _received.Forget_NeedsLock(batch);
        }
        else if (!_output.IsClosed)
        {
            WriteAcknowledgements_NeedsLock(batch);
        }

        _endpoint.Budget.Release(batch.Count, batch.Bytes); // Before this connection's own, so that it never holds both twice.
        Interlocked.Add(ref _messages, -batch.Count);
        Interlocked.Add(ref _bytes, -batch.Bytes);
        _endpoint.Batches.Return(batch);
        Wake_NeedsLock();
    }

    private void WriteAcknowledgements_NeedsLock(InboundBatch batch)
    {
        var reasons = batch.Reasons.Span;
        foreach (var acknowledgement in batch.Acknowledgements)
        {
            Settle_NeedsLock(acknowledgement, acknowledgement.ReasonIn(reasons));
        }

        _acknowledgements.Write_NeedsLock(batch.Acknowledgements, reasons);
        _endpoint.Counters.Acknowledged(batch.AcknowledgementCount);
    }

    /// <summary>Counts the acknowledgement against the receive maximum before the client can see it.</summary>
    private void Settle_NeedsLock(Acknowledgement acknowledgement, ReasonCode reason)
    {
        var refused = reason >= ReasonCode.UnspecifiedError;
        if (refused && acknowledgement.Index >= 0)
        {
            _endpoint.Counters.PublishRefused(reason);
        }

        if (_version != ProtocolVersion.V5 || acknowledgement.Index < 0)
        {
            return;
        }

        var exactlyOnce = acknowledgement.Type == PacketType.PubRec;
        if (exactlyOnce && refused)
        {
            _received.Forget_NeedsLock(acknowledgement.PacketId); // Section 4.3.3: a PUBREC from 0x80 ends the exchange.
        }

        if (!exactlyOnce || refused)
        {
            Interlocked.Decrement(ref _unacknowledged);
        }
    }

    /// <summary>After PUBCOMP the client may use the identifier for another message, which must not be taken for a repetition after a crash.</summary>
    private async Task ReleaseDurablyAsync(ushort packetId)
    {
        try
        {
            await _received.ForgetDurablyAsync(packetId).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The boundary to the store: without PUBCOMP the client sends PUBREL again.
            _failed(failure);
            return;
        }

        lock (_output.Gate)
        {
            _acknowledgements.Write_NeedsLock(PacketType.PubComp, packetId, ReasonCode.Success);
            _output.Flush_NeedsLock();
        }
    }

    /// <summary>What begins with $ is the server's own (section 4.7.2): no client publishes there, whatever the ingest permits.</summary>
    private void Refuse(in IncomingPublish publish, InboundBatch batch)
    {
        _endpoint.Counters.PublishRefused(ReasonCode.NotAuthorized);
        if (publish.Qos != QualityOfService.AtMostOnce)
        {
            var type = publish.Qos == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec;
            batch.Acknowledge(new Acknowledgement(publish.PacketId, type, Index: -1, ReasonCode.NotAuthorized));
        }
    }

    /// <summary>More than the receive maximum is an error of the client [MQTT-3.3.4-7, MQTT-3.3.4-9]; 3.1.1 has no such number.</summary>
    private void CountUnacknowledged()
    {
        var maximum = _endpoint.Options.MaxInFlightPerConnection;
        if (_version == ProtocolVersion.V5 && Interlocked.Increment(ref _unacknowledged) > maximum)
        {
            throw new MqttProtocolException(
                ReasonCode.ReceiveMaximumExceeded, $"More than {maximum} publications are unacknowledged; wait for PUBACK or PUBCOMP.");
        }
    }
}
