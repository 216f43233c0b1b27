using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Quartier.Gateway.Mqtt;

/// <summary>One TCP connection, with or without TLS, after its CONNACK.</summary>
internal sealed class MqttConnection : IDisposable
{
    /// <summary>Room for a thousand acknowledgements; a connection reads more often rather than hold more.</summary>
    private const int ReceiveBufferBytes = 4096;

    /// <summary>How long a server may take for its CONNACK.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly Socket socket;
    private readonly byte[] buffer = new byte[ReceiveBufferBytes];
    private SslStream? tls;
    private int received;

    private MqttConnection(Socket socket) => this.socket = socket;

    /// <summary>How many unacknowledged messages the server takes at once.</summary>
    public int ReceiveMaximum { get; private set; } = MqttPublisherOptions.LargestWindow;

    /// <summary>Connects and waits for the server's consent.</summary>
    /// <exception cref="SocketException">The host does not answer.</exception>
    /// <exception cref="MqttConnectionException">The server refuses or speaks another protocol.</exception>
    public static async Task<MqttConnection> OpenAsync(MqttPublisherOptions options, CancellationToken cancellation)
    {
        var connection = new MqttConnection(new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            await connection.socket.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
            await connection.BeginTlsAsync(options, cancellation).ConfigureAwait(false);
            await connection.WriteAsync(ConnectPacket.Write(options), cancellation).ConfigureAwait(false);
            await connection.ReadConsentAsync(options, cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes all bytes.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (tls is not null)
        {
            await tls.WriteAsync(bytes, cancellation).ConfigureAwait(false);
            return;
        }

        while (bytes.Length > 0)
        {
            var sent = await socket.SendAsync(bytes, SocketFlags.None, cancellation).ConfigureAwait(false);
            bytes = bytes[sent..];
        }
    }

    /// <summary>Hands over what arrives until the server closes the connection.</summary>
    /// <param name="take">Returns how many bytes were whole packets; the rest is handed over again with more.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task ReceiveAsync(ReceivedBytes take, CancellationToken cancellation)
    {
        while (true)
        {
            Consume(take(buffer.AsSpan(0, received)));
            if (!await FillAsync(cancellation).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>Sends a PINGREQ if the socket takes it at once.</summary>
    public void TryPing() => TrySendNow([0xC0, 0]);

    /// <summary>Sends a DISCONNECT if the socket takes it at once.</summary>
    public void SayGoodbye() => TrySendNow([0xE0, 0]);

    /// <summary>Resets the connection.</summary>
    public void Abort() => socket.Close(timeout: 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        tls?.Dispose();
        socket.Dispose();
    }

    private async Task BeginTlsAsync(MqttPublisherOptions options, CancellationToken cancellation)
    {
        if (options.Trust is not { } trust)
        {
            return;
        }

        tls = new SslStream(new NetworkStream(socket));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerTimeout);
        try
        {
            await tls.AuthenticateAsClientAsync(trust.Terms(options.Host, options.Credential.Certificate), limit.Token).ConfigureAwait(false);
        }
        catch (AuthenticationException refused)
        {
            throw new MqttConnectionException(
                $"TLS with {options.Host}:{options.Port} failed: {refused.Message} Is it the port for TLS, the right name, and the authority of the silo's certificate in --ca?",
                isFinal: true,
                refused);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MqttConnectionException(
                $"The server at {options.Host}:{options.Port} did not finish TLS within {AnswerTimeout.TotalSeconds:0} s. Is it the port for TLS?");
        }
    }

    private void TrySendNow(ReadOnlySpan<byte> packet)
    {
        try
        {
            if (tls is null)
            {
                socket.Send(packet, SocketFlags.None, out _);
            }
            else
            {
                tls.Write(packet);
            }
        }
        catch (Exception gone) when (gone is ObjectDisposedException or IOException)
        {
            // Closed meanwhile: the receiving side has noticed and says why.
        }
    }

    private async Task ReadConsentAsync(MqttPublisherOptions options, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerTimeout);
        while (!TryReadConsent(options))
        {
            try
            {
                if (!await FillAsync(limit.Token).ConfigureAwait(false))
                {
                    throw new MqttConnectionException(
                        $"The server at {options.Host}:{options.Port} closed the connection before its CONNACK. Is it an MQTT port?");
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new MqttConnectionException(
                    $"The server at {options.Host}:{options.Port} sent no CONNACK within {AnswerTimeout.TotalSeconds:0} s. Is it an MQTT port?");
            }
        }
    }

    private bool TryReadConsent(MqttPublisherOptions options)
    {
        var bytes = IncomingPackets.TryTake(buffer.AsSpan(0, received), out var kind, out var body);
        if (bytes == 0)
        {
            return false;
        }

        if (kind != IncomingPackets.ConnectAcknowledgement)
        {
            throw new MqttConnectionException($"The server at {options.Host}:{options.Port} answered with 0x{kind:X2} instead of a CONNACK.");
        }

        ReceiveMaximum = ConnectPacket.ReadWindow(body, options);
        Consume(bytes);
        return true;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (received == buffer.Length)
        {
            throw new MqttConnectionException($"The server sent a packet of more than {ReceiveBufferBytes} bytes to a publisher.");
        }

        var free = buffer.AsMemory(received);
        var count = tls is null
            ? await socket.ReceiveAsync(free, SocketFlags.None, cancellation).ConfigureAwait(false)
            : await tls.ReadAsync(free, cancellation).ConfigureAwait(false);
        received += count;
        return count > 0;
    }

    private void Consume(int bytes)
    {
        received -= bytes;
        if (received > 0 && bytes > 0)
        {
            Buffer.BlockCopy(buffer, bytes, buffer, 0, received);
        }
    }
}
