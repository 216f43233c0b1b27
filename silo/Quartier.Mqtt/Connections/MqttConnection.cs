using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Connections;

/// <summary>One client from its first byte to its last. One read loop; closing may be asked for by anybody.</summary>
internal sealed class MqttConnection
{
    private readonly MqttEndpoint _endpoint;
    private readonly ConnectionContext _context;
    private readonly ConnectionOutput _output;
    private readonly ControlPackets _controls;
    private readonly long _startedMs;
    private readonly ScratchBuffers _scratch = new();
    private AcceptedClient? _client;
    private CancellationTokenSource? _ending;
    private CancellationTokenRegistration _credentialEnded;
    private TaskCompletionSource? _ended;
    private bool _hasEnded;
    private Frame _control;
    private MqttProtocolException? _violation;
    private ReadOnlySequence<byte> _unread;
    private long _heardMs;
    private volatile bool _waitsForBudget;
    private volatile bool _isClosing;

    public MqttConnection(MqttEndpoint endpoint, ConnectionContext context)
    {
        _endpoint = endpoint;
        _context = context;
        _output = new ConnectionOutput(context.Transport.Output) { Failed = failure => Abort(ReasonCode.UnspecifiedError, "Nothing more can be sent; connect again.", failure) };
        _controls = new ControlPackets(endpoint, _output, OnOverflow);
        _startedMs = endpoint.NowMs;
    }

    /// <summary>Empty before CONNECT.</summary>
    public string ClientId => _client?.ClientId ?? string.Empty;

    /// <summary>Cancelled when the connection is closed from either side. Only who has to wait asks for it.</summary>
    public CancellationToken Ending
    {
        get
        {
            lock (_output.Gate)
            {
                _ending ??= CancellationTokenSource.CreateLinkedTokenSource(_context.ConnectionClosed);
                if (_isClosing)
                {
                    _ending.Cancel();
                }

                return _ending.Token;
            }
        }
    }

    /// <summary>Completes when the connection no longer uses its session.</summary>
    public Task Ended
    {
        get
        {
            lock (_output.Gate)
            {
                return _hasEnded
                    ? Task.CompletedTask
                    : (_ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>Serves the client to its end; never throws for what a client, the network or the ingest does.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (await ConnectAsync().ConfigureAwait(false))
            {
                await ReadAsync(_client!).ConfigureAwait(false);
            }
        }
        catch (MqttProtocolException violation)
        {
            Abort(violation.Reason, violation.Message);
            if (violation.Reason == ReasonCode.ReceiveMaximumExceeded)
            {
                await Draining.RunAsync(_context, _unread).ConfigureAwait(false);
            }
        }
        catch (Exception lost) when (lost is ConnectionAbortedException or ConnectionResetException or IOException or OperationCanceledException)
        {
            _context.Abort(); // The network or the peer has gone: that is how connections end.
        }
        catch (Exception failure)
        {
            MqttLog.ConnectionFailed(_endpoint.Logger, failure, ClientId, _context.RemoteEndPoint);
            Abort(ReasonCode.UnspecifiedError, "The server failed; connect again.");
        }

        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connection, saying why where MQTT 5 allows [MQTT-4.13.2-1]. May be called by anybody, more than once.</summary>
    public void Abort(ReasonCode reason, string explanation, Exception? failure = null)
    {
        lock (_output.Gate)
        {
            if (_isClosing)
            {
                return;
            }

            if (_client is { Version: ProtocolVersion.V5 } client)
            {
                _output.Write_NeedsLock(ServerPackets.Disconnect(reason, _endpoint.Options.SendReasonStrings ? explanation : null, client.MaximumPacketBytes));
            }

            _endpoint.Counters.Closed(reason); // Before anybody can see that it has ended.
            Close_NeedsLock();
        }

        MqttLog.ClosedByServer(_endpoint.Logger, failure, ClientId, _context.RemoteEndPoint, reason, explanation);
        _endpoint.Linger(_context);
        _context.Transport.Input.CancelPendingRead();
    }

    /// <summary>Closes the connection when it has been silent for too long [MQTT-3.1.2-22].</summary>
    public void CheckSilence(long nowMs)
    {
        var client = _client;
        if (client is null)
        {
            if (nowMs - _startedMs >= _endpoint.Options.ConnectTimeout.TotalMilliseconds)
            {
                Abort(ReasonCode.KeepAliveTimeout, "There was no CONNECT in time.");
            }
        }
        else if (client.KeepAliveMs > 0 && !_waitsForBudget && nowMs - Volatile.Read(ref _heardMs) > client.KeepAliveMs * 3 / 2)
        {
            Abort(ReasonCode.KeepAliveTimeout, $"Nothing was heard for 1.5 times the keep alive of {client.KeepAliveMs / 1000} s.");
        }
    }

    private async Task<bool> ConnectAsync()
    {
        var input = _context.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (read.IsCanceled)
            {
                return false;
            }

            if (TryCut(read.Buffer, out var frame, out var rest))
            {
                var handshake = new Handshake(_endpoint, _context, _output, this);
                var accepted = await handshake.PerformAsync(frame, OnIngestFailed).ConfigureAwait(false);
                _scratch.ReturnAll();
                input.AdvanceTo(rest);
                return accepted is { } both && Enter(both.Client, both.ConnAck);
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return false;
            }
        }
    }

    private bool TryCut(in ReadOnlySequence<byte> buffer, out Frame frame, out SequencePosition rest)
    {
        // The version is not known yet: padding of the remaining length is let pass.
        var reader = new FrameReader(buffer, _endpoint.Options.MaxPacketBytes, ProtocolVersion.V311, _scratch);
        var found = reader.TryRead(out frame);
        rest = reader.Rest.Start;
        return found;
    }

    private bool Enter(AcceptedClient client, byte[] connAck)
    {
        Volatile.Write(ref _heardMs, _endpoint.NowMs);
        lock (_output.Gate)
        {
            _client = client;
            _output.Write_NeedsLock(connAck); // Before anything else [MQTT-3.2.0-1].
            _output.Flush_NeedsLock();
        }

        _endpoint.SessionSubscriptions.AskAgain(client.Session, client.Ingest);
        if (client.Session.Mailbox is { } mailbox)
        {
            _controls.Attach(client, mailbox);
        }

        _credentialEnded = client.Ingest.Ended.UnsafeRegister(
            static connection => ((MqttConnection)connection!).Abort(ReasonCode.AdministrativeAction, "The credential of this client has ended."), this);
        return !_isClosing;
    }

    private async Task ReadAsync(AcceptedClient client)
    {
        var input = _context.Transport.Input;
        for (var taken = 0L; ;)
        {
            await RestAsync(client.Ingest.ReadingPause(taken)).ConfigureAwait(false);

            // CancelPendingRead ends it: a token would cost every idle connection a registration.
            var read = await input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (read.IsCanceled)
            {
                return;
            }

            await client.Lane.Yield(read.Buffer);
            var rest = _unread = read.Buffer;
            ReadStep step;
            do
            {
                step = Parse(client, ref rest);
                _waitsForBudget = true;
                var submitted = client.Inbound.SubmitAsync(this);
                if (!submitted.IsCompletedSuccessfully)
                {
                    await WaitAsync(submitted.AsTask()).ConfigureAwait(false);
                }

                if (step == ReadStep.Violation)
                {
                    throw _violation!;
                }

                if (step == ReadStep.Control && !await _controls.HandleInOrderAsync(client, _control).ConfigureAwait(false))
                {
                    return;
                }

                while (step == ReadStep.Full && client.Inbound.IsFull && !_isClosing)
                {
                    await WaitAsync(client.Inbound.WaitForRoomAsync()).ConfigureAwait(false);
                }

                _waitsForBudget = false;
            }
            while (step != ReadStep.NeedsMore && !_isClosing);

            _output.Flush();
            _scratch.ReturnAll();
            taken = read.Buffer.Length - rest.Length;
            input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted || _isClosing)
            {
                return;
            }
        }
    }

    /// <summary>Goes through what was read, up to a packet that must wait for the publications before it.</summary>
    private ReadStep Parse(AcceptedClient client, ref ReadOnlySequence<byte> buffer)
    {
        var reader = new FrameReader(buffer, _endpoint.Options.MaxPacketBytes, client.Version, _scratch);
        var step = ReadStep.NeedsMore;
        var heard = false;
        try
        {
            while (true)
            {
                if (client.Inbound.IsFull)
                {
                    step = ReadStep.Full;
                    break;
                }

                if (!reader.TryRead(out var frame))
                {
                    break;
                }

                heard = true;
                if (frame.Type == PacketType.Publish)
                {
                    client.Inbound.Add(frame);
                }
                else if (!_controls.TryHandleInPlace(client, frame))
                {
                    _control = frame;
                    step = ReadStep.Control;
                    break;
                }
            }
        }
        catch (MqttProtocolException violation)
        {
            _violation = violation;
            step = ReadStep.Violation;
        }

        if (heard)
        {
            Volatile.Write(ref _heardMs, _endpoint.NowMs);
        }

        buffer = reader.Rest;
        return step;
    }

    /// <summary>While the socket is not read for want of budget, silence is not the client's fault.</summary>
    private async Task WaitAsync(Task budget)
    {
        _output.Flush();
        await budget.ConfigureAwait(false);
        Volatile.Write(ref _heardMs, _endpoint.NowMs);
    }

    /// <summary>Who does not read its acknowledgements gets no more, and who sends more than it may has its socket left alone for a while.</summary>
    private async ValueTask RestAsync(TimeSpan pause)
    {
        if (_output.IsBlocked)
        {
            await _output.WaitUntilDrainedAsync().ConfigureAwait(false);
        }

        if (_endpoint.Later is { IsFull: true } later)
        {
            _endpoint.Counters.BudgetWait();
            _waitsForBudget = true;
            await later.WaitForRoomAsync().WaitAsync(Ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _heardMs, _endpoint.NowMs);
            _waitsForBudget = false;
        }

        if (pause <= TimeSpan.Zero)
        {
            return;
        }

        _waitsForBudget = true;
        var rest = Task.Delay(pause, _endpoint.Time, Ending);
        _endpoint.Counters.RateWait(); // Counted when it has begun: who sees the count knows that the clock runs.
        await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Closing ends the pause.
        Volatile.Write(ref _heardMs, _endpoint.NowMs);
        _waitsForBudget = false;
    }

    private void OnIngestFailed(Exception failure)
    {
        MqttLog.IngestFailed(_endpoint.Logger, failure, ClientId, _context.RemoteEndPoint);
        Abort(ReasonCode.ImplementationSpecificError, "The messages could not be stored; send them again.");
    }

    private void OnOverflow() => Abort(ReasonCode.QuotaExceeded, "Too many messages wait for this client, which reads too slowly.");

    private void Close_NeedsLock()
    {
        _isClosing = true;
        _output.Close_NeedsLock();
        _client?.Inbound.Wake_NeedsLock();
        _ending?.Cancel();
    }

    private async Task EndAsync()
    {
        bool isFirst;
        lock (_output.Gate)
        {
            isFirst = !_isClosing;
            Close_NeedsLock();
        }

        if (isFirst)
        {
            _endpoint.Linger(_context);
        }

        if (_client is { } client)
        {
            await _credentialEnded.DisposeAsync().ConfigureAwait(false);
            _endpoint.Owners.Leave(client.Ingest.Owner);
            client.Inbound.Discard();
            if (client.Session.IsLasting)
            {
                await client.Inbound.WhenIdleAsync().ConfigureAwait(false); // Another connection must find the session at rest.
            }

            await _endpoint.Sessions.LeaveAsync(client).ConfigureAwait(false);
        }

        lock (_output.Gate)
        {
            _hasEnded = true;
            _ended?.TrySetResult();
        }

        _ending?.Dispose();
        _scratch.ReturnAll();
        await _context.Transport.Input.CompleteAsync().ConfigureAwait(false);
        await _output.CompleteAsync().ConfigureAwait(false);
    }
}
