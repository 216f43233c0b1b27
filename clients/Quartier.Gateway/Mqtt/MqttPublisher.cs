using System.Net.Sockets;

namespace Quartier.Gateway.Mqtt;

/// <summary>
/// A gateway's connection: publishes in pipelined batches, keeps what is not acknowledged, and after a lost connection connects again
/// and sends that once more, marked as a duplicate. One caller publishes at a time.
/// </summary>
public sealed class MqttPublisher : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly MqttPublisherOptions options;
    private readonly TimeProvider time;
    private readonly Outbox outbox;
    private TaskCompletionSource<MqttConnection> connected = NewSignal();
    private MqttConnection? connection;
    private Task? running;
    private bool active;

    /// <summary>Creates a publisher that is not connected yet.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="time">Clock for latencies and waits.</param>
    /// <param name="acknowledged">Called for each acknowledgement, on the receiving thread and under the publisher's lock: it must be quick
    /// and must not call back.</param>
    public MqttPublisher(MqttPublisherOptions options, TimeProvider time, Action<Acknowledgement>? acknowledged = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.options = options;
        this.time = time;
        outbox = new Outbox(options, time, acknowledged);
    }

    /// <summary>Messages that were published; with quality of service 0 all that were handed to the socket.</summary>
    public long Published => outbox.Published;

    /// <summary>Messages that the server acknowledged and took.</summary>
    public long AcknowledgedCount => outbox.Acknowledged;

    /// <summary>Messages that the server acknowledged with a refusal (MQTT 5 only).</summary>
    public long RefusedCount => outbox.Refused;

    /// <summary>Messages that were sent again after a lost connection.</summary>
    public long ResentCount => outbox.Resent;

    /// <summary>How often a connection was lost.</summary>
    public long LostConnections { get; private set; }

    /// <summary>Why the last connection or attempt ended, or null.</summary>
    public string? LastProblem { get; private set; }

    /// <summary>Connects and keeps connecting in the background from then on.</summary>
    /// <exception cref="MqttConnectionException">No connection within <see cref="MqttPublisherOptions.ConnectTimeout"/>, or the server refuses.</exception>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        running ??= RunAsync(stopping.Token);
        try
        {
            await WhenConnectedAsync().WaitAsync(options.ConnectTimeout, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new MqttConnectionException(
                $"No MQTT server answers at {options.Host}:{options.Port} within {options.ConnectTimeout.TotalSeconds:0} s "
                + $"({LastProblem ?? "no attempt ended"}). Is the silo running there?");
        }
    }

    /// <summary>
    /// Publishes one message; it waits while the window is full. The message is written when <see cref="MqttPublisherOptions.MessagesPerWrite"/>
    /// have come together or <see cref="FlushAsync"/> is called.
    /// </summary>
    /// <param name="topic">UTF-8, 1 … 65,535 bytes; copied.</param>
    /// <param name="payload">Copied.</param>
    /// <param name="tag">Comes back with the acknowledgement.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="MqttConnectionException">The server refuses this gateway for good.</exception>
    public ValueTask PublishAsync(ReadOnlyMemory<byte> topic, ReadOnlyMemory<byte> payload, long tag, CancellationToken cancellation)
    {
        if (!outbox.TryAppend(topic.Span, payload.Span, tag, out var isFull))
        {
            return new ValueTask(PublishWhenRoomAsync(topic, payload, tag, cancellation));
        }

        return isFull ? new ValueTask(FlushAsync(cancellation)) : ValueTask.CompletedTask;
    }

    /// <summary>Writes what has been collected; while there is no connection it waits for the next one.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        var written = false;
        while (!written)
        {
            var current = TryGetConnection() ?? await WhenConnectedAsync().WaitAsync(cancellation).ConfigureAwait(false);
            await writing.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                written = current == TryGetConnection();
                if (written)
                {
                    var full = outbox.Collect();
                    await TryWriteAsync(current, full.Written, cancellation).ConfigureAwait(false);
                    full.Clear();
                }
            }
            finally
            {
                writing.Release();
            }
        }
    }

    /// <summary>Writes what has been collected and waits until the server has answered every message.</summary>
    public async Task WhenAcknowledgedAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation).ConfigureAwait(false);
        await WhenAcknowledgedAsync(Published, cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits until the server has answered the first <paramref name="messages"/> messages; at once for quality of service 0.</summary>
    public Task WhenAcknowledgedAsync(long messages, CancellationToken cancellation) =>
        outbox.WhenAnsweredAsync(messages, room: 0, cancellation);

    /// <summary>Writes bytes as they are: for tests and faults.</summary>
    public async Task WriteRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var current = await WhenConnectedAsync().WaitAsync(cancellation).ConfigureAwait(false);
        await writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await TryWriteAsync(current, bytes, cancellation).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Cuts the connection without a goodbye, as a lost radio link would; it is made again by itself.</summary>
    public void Abort() => TryGetConnection()?.Abort();

    /// <summary>Says goodbye when connected and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!stopping.IsCancellationRequested)
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await (running ?? Task.CompletedTask).ConfigureAwait(false);
            connection?.Dispose();
            stopping.Dispose();
            writing.Dispose();
        }
    }

    private static TaskCompletionSource<MqttConnection> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MqttConnection? TryGetConnection()
    {
        lock (gate)
        {
            return connection;
        }
    }

    private Task<MqttConnection> WhenConnectedAsync()
    {
        lock (gate)
        {
            return connected.Task;
        }
    }

    private async Task PublishWhenRoomAsync(ReadOnlyMemory<byte> topic, ReadOnlyMemory<byte> payload, long tag, CancellationToken cancellation)
    {
        await FlushAsync(cancellation).ConfigureAwait(false);
        var room = Math.Min(options.MessagesPerWrite, (options.Window + 1) / 2);
        await outbox.WhenAnsweredAsync(messages: 0, room, cancellation).ConfigureAwait(false);
        await PublishAsync(topic, payload, tag, cancellation).ConfigureAwait(false);
    }

    /// <summary>A failed write is not an error: the receiving side notices it, and what was not acknowledged is sent again.</summary>
    private async Task TryWriteAsync(MqttConnection current, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await current.WriteAsync(bytes, cancellation).ConfigureAwait(false);
            active = true;
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            LastProblem = exception.Message;
            current.Abort();
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        Exception end = new ObjectDisposedException(nameof(MqttPublisher));
        try
        {
            await KeepConnectedAsync(cancellation).ConfigureAwait(false);
        }
        catch (MqttConnectionException exception)
        {
            end = exception;
        }

        outbox.End(end);
        lock (gate)
        {
            connected.TrySetException(end);
        }
    }

    private async Task KeepConnectedAsync(CancellationToken cancellation)
    {
        var backOff = options.FirstBackOff;
        while (!cancellation.IsCancellationRequested)
        {
            var before = LostConnections;
            try
            {
                await ServeConnectionAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException
                or MqttConnectionException { IsFinal: false })
            {
                LastProblem = exception.Message;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }

            backOff = LostConnections > before ? options.FirstBackOff : backOff;
            await Task.Delay(backOff, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            backOff = TimeSpan.FromTicks(Math.Min(backOff.Ticks * 2, options.LongestBackOff.Ticks));
        }
    }

    private async Task ServeConnectionAsync(CancellationToken cancellation)
    {
        using var current = await MqttConnection.OpenAsync(options, cancellation).ConfigureAwait(false);
        try
        {
            await TakeUpAsync(current, cancellation).ConfigureAwait(false);
            var silence = TimeSpan.FromSeconds(options.KeepAliveSeconds / 2.0);
            await using var pings = time.CreateTimer(_ => Ping(current), state: null, silence, silence).ConfigureAwait(false);
            await current.ReceiveAsync(outbox.Take, cancellation).ConfigureAwait(false);
            LastProblem = "the server closed the connection";
        }
        finally
        {
            LetGo();
            if (cancellation.IsCancellationRequested)
            {
                SendAlone(current.SayGoodbye);
            }
        }
    }

    private async Task TakeUpAsync(MqttConnection current, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var again = outbox.CollectAgain(current.ReceiveMaximum);
            await TryWriteAsync(current, again.Written, cancellation).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }

        lock (gate)
        {
            connection = current;
            connected.TrySetResult(current);
        }
    }

    private void LetGo()
    {
        lock (gate)
        {
            if (connection is not null)
            {
                connection = null;
                connected = NewSignal();
                LostConnections += stopping.IsCancellationRequested ? 0 : 1;
            }
        }
    }

    private void Ping(MqttConnection current)
    {
        if (!active)
        {
            SendAlone(current.TryPing);
        }

        active = false;
    }

    /// <summary>Sends a short packet unless a write is under way, into which it must not fall.</summary>
    private void SendAlone(Action send)
    {
        if (writing.Wait(0, CancellationToken.None))
        {
            send();
            writing.Release();
        }
    }
}
