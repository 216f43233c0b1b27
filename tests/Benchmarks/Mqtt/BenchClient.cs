using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Quartier.Benchmarks.Mqtt;

/// <summary>A client of MQTT 3.1.1 in a few lines, the same for every server.</summary>
internal sealed class BenchClient : IDisposable
{
    private static readonly byte[] s_topic = Encoding.ASCII.GetBytes("bench/a");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Bytes of one message to a subscriber with QoS 0 and a payload of 16 bytes.</summary>
    public const int DeliveryBytes = 2 + 2 + 7 + 16;

    /// <summary>Connects, and waits for CONNACK.</summary>
    public static async Task<BenchClient> ConnectAsync(int port, string id, CancellationToken cancellationToken)
    {
        var client = new BenchClient();
        await client._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken).ConfigureAwait(false);
        var name = Encoding.ASCII.GetBytes(id);
        await client.SendAsync(
            [0x10, (byte)(12 + name.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, (byte)name.Length, .. name], cancellationToken).ConfigureAwait(false);
        await client.ReadAsync(4, cancellationToken).ConfigureAwait(false);
        return client;
    }

    /// <summary>Subscribes to all that is published, with QoS 0.</summary>
    public async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        await SendAsync([0x82, (byte)(5 + s_topic.Length), 0, 1, 0, (byte)s_topic.Length, .. s_topic, 0], cancellationToken).ConfigureAwait(false);
        await ReadAsync(5, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Publishes with QoS 1 in one write, and waits for all PUBACKs.</summary>
    public async Task PublishAsync(int messages, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        for (var n = 1; n <= messages; n++)
        {
            var payload = Encoding.ASCII.GetBytes(n.ToString("D16", CultureInfo.InvariantCulture));
            bytes.AddRange([0x32, (byte)(4 + s_topic.Length + payload.Length), 0, (byte)s_topic.Length, .. s_topic, (byte)(n >> 8), (byte)n, .. payload]);
        }

        await SendAsync([.. bytes], cancellationToken).ConfigureAwait(false);
        await ReadAsync(4 * messages, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads so many bytes; how many came before the server closed or the time was over.</summary>
    public async Task<long> ReadAsync(long bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        long read = 0;
        while (read < bytes)
        {
            int some;
            try
            {
                some = await _socket.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes - read)), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException)
            {
                return read; // What is missing is counted as lost.
            }

            if (some == 0)
            {
                return read;
            }

            read += some;
        }

        return read;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await _socket.SendAsync(bytes.AsMemory(sent), cancellationToken).ConfigureAwait(false);
        }
    }
}
