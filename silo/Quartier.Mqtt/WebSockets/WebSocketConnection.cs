using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Quartier.Mqtt.WebSockets;

/// <summary>A WebSocket as a connection of bytes. Packets may span frames, and frames may hold many packets [MQTT-6.0.0-2].</summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    /// <summary>What is read ahead of the endpoint before the peer is held back, and what waits for a slow peer: a socket buffer's worth.</summary>
    private const int BufferBytes = 64 * 1024;

    private const int ReadBytes = 4 * 1024;

    private readonly Pipe _received = new(new PipeOptions(pauseWriterThreshold: BufferBytes, resumeWriterThreshold: BufferBytes / 2, useSynchronizationContext: false));
    private readonly Pipe _toSend = new(new PipeOptions(pauseWriterThreshold: BufferBytes, resumeWriterThreshold: BufferBytes / 2, useSynchronizationContext: false));
    private readonly CancellationTokenSource _closed = new();

    public WebSocketConnection(HttpContext http)
    {
        Http = http;
        ConnectionId = http.Connection.Id;
        Features = new FeatureCollection();
        Features.Set(http.Features.Get<ITlsConnectionFeature>());
        RemoteEndPoint = http.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, http.Connection.RemotePort) : null;
        Transport = new DuplexPipe(_received.Reader, _toSend.Writer);
        ConnectionClosed = _closed.Token;
    }

    /// <summary>The request that became the connection.</summary>
    public HttpContext Http { get; }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; }

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; }

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        End();
        Http.Abort();
    }

    /// <summary>Nothing more comes or goes.</summary>
    public void End()
    {
        try
        {
            _closed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            Http.Abort(); // It had ended, and was cut off for lingering at the same moment.
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        End();
        _closed.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Carries bytes both ways until both have ended.</summary>
    public Task PumpAsync(WebSocket socket) => Task.WhenAll(ReceiveAsync(socket), SendAsync(socket));

    private async Task ReceiveAsync(WebSocket socket)
    {
        Exception? failure = null;
        try
        {
            while (await ReceiveSomeAsync(socket).ConfigureAwait(false))
            {
                if ((await _received.Writer.FlushAsync(_closed.Token).ConfigureAwait(false)).IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException)
        {
            failure = new ConnectionResetException("The WebSocket broke off.", broken);
        }
        finally
        {
            await _received.Writer.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    /// <summary>Waits without a buffer, so that an idle connection holds none; then takes what is there.</summary>
    private async Task<bool> ReceiveSomeAsync(WebSocket socket)
    {
        _ = await socket.ReceiveAsync(Memory<byte>.Empty, _closed.Token).ConfigureAwait(false);
        if (socket.State is WebSocketState.CloseReceived or WebSocketState.Closed or WebSocketState.Aborted)
        {
            return false;
        }

        var taken = await socket.ReceiveAsync(_received.Writer.GetMemory(ReadBytes), _closed.Token).ConfigureAwait(false);
        if (taken.MessageType == WebSocketMessageType.Text)
        {
            // [MQTT-6.0.0-1]: any other frame than a binary one closes the connection.
            await socket.CloseOutputAsync(WebSocketCloseStatus.InvalidMessageType, "MQTT takes binary frames only.", _closed.Token).ConfigureAwait(false);
            return false;
        }

        _received.Writer.Advance(taken.Count);
        return taken.MessageType == WebSocketMessageType.Binary;
    }

    private async Task SendAsync(WebSocket socket)
    {
        try
        {
            while (true)
            {
                var read = await _toSend.Reader.ReadAsync(_closed.Token).ConfigureAwait(false);
                if (!read.Buffer.IsEmpty)
                {
                    await SendAsync(socket, read.Buffer).ConfigureAwait(false);
                }

                _toSend.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, _closed.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            await _toSend.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task SendAsync(WebSocket socket, ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            await socket.SendAsync(segment, WebSocketMessageType.Binary, endOfMessage: true, _closed.Token).ConfigureAwait(false);
        }
    }
}
