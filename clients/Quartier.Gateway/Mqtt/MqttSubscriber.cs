using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Quartier.Gateway.Mqtt;

/// <summary>A client that subscribes to one filter (MQTT 5, quality of service 0) and hands over the topics that arrive: for checks of who receives what.</summary>
public sealed class MqttSubscriber : IDisposable
{
    private const byte Subscribe = 0x82;
    private const byte SubscribeAcknowledgement = 0x90;
    private const byte Publish = 0x30;
    private const byte UserProperty = 0x26;

    /// <summary>Longest packet that is taken: readings are small.</summary>
    private const int PacketMaxBytes = 64 * 1024;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[PacketMaxBytes];
    private int received;

    private MqttSubscriber()
    {
    }

    /// <summary>Connects and subscribes.</summary>
    /// <param name="server">Where.</param>
    /// <param name="key">An API key, sent as the password; null for nobody in particular.</param>
    /// <param name="purpose">Id of the purpose for which is read, sent as user property; null for none.</param>
    /// <param name="filter">The topic filter.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="MqttConnectionException">The server refuses client or filter; the message has the reason code.</exception>
    public static async Task<MqttSubscriber> OpenAsync(
        Commands.ServerAddress server, string? key, string? purpose, string filter, CancellationToken cancellation)
    {
        var subscriber = new MqttSubscriber();
        try
        {
            await subscriber.socket.ConnectAsync(server.Host, server.Port, cancellation).ConfigureAwait(false);
            await subscriber.SendAsync(Connect(key), cancellation).ConfigureAwait(false);
            await subscriber.ExpectAsync(IncomingPackets.ConnectAcknowledgement, reasonAt: 1, cancellation).ConfigureAwait(false);
            await subscriber.SendAsync(SubscribeTo(filter, purpose), cancellation).ConfigureAwait(false);
            await subscriber.ExpectAsync(SubscribeAcknowledgement, reasonAt: -1, cancellation).ConfigureAwait(false);
            return subscriber;
        }
        catch
        {
            subscriber.Dispose();
            throw;
        }
    }

    /// <summary>The topic of the next message.</summary>
    /// <exception cref="MqttConnectionException">The server closed the connection.</exception>
    public async Task<string> NextTopicAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var (kind, body) = await NextAsync(cancellation).ConfigureAwait(false);
            if (kind == Publish)
            {
                return Encoding.UTF8.GetString(body, 2, BinaryPrimitives.ReadUInt16BigEndian(body));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static byte[] Connect(string? key)
    {
        List<byte> body = [0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', (byte)MqttVersion.V5, (byte)(key is null ? 0x02 : 0xC2), 0, 60, 0];
        Text(body, string.Empty);
        if (key is not null)
        {
            Text(body, "key");
            Text(body, key);
        }

        return Packet(0x10, body);
    }

    private static byte[] SubscribeTo(string filter, string? purpose)
    {
        List<byte> properties = [];
        if (purpose is not null)
        {
            properties.Add(UserProperty);
            Text(properties, "purpose");
            Text(properties, purpose);
        }

        List<byte> body = [0, 1, .. Length(properties.Count), .. properties];
        Text(body, filter);
        body.Add(0);
        return Packet(Subscribe, body);
    }

    private static void Text(List<byte> target, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        target.AddRange([(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes]);
    }

    private static byte[] Packet(byte kind, List<byte> body) => [kind, .. Length(body.Count), .. body];

    private static byte[] Length(int value)
    {
        var bytes = new byte[4];
        return bytes[..VariableLength.Write(bytes, value)];
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellation).ConfigureAwait(false)..];
        }
    }

    /// <summary>Waits for the answer; a reason from 0x80 is a refusal. A negative position counts from the end.</summary>
    private async Task ExpectAsync(byte kind, int reasonAt, CancellationToken cancellation)
    {
        var (found, body) = await NextAsync(cancellation).ConfigureAwait(false);
        var reason = body.Length == 0 ? (byte)0 : body[reasonAt < 0 ? body.Length + reasonAt : reasonAt];
        if (found != kind || reason >= 0x80)
        {
            throw new MqttConnectionException($"The server answered with packet 0x{found:X2} and reason 0x{reason:X2}.", isFinal: true);
        }
    }

    private async Task<(byte Kind, byte[] Body)> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (TryTake() is { } packet)
            {
                return packet;
            }

            if (received == buffer.Length)
            {
                throw new MqttConnectionException($"The server sent a packet of more than {PacketMaxBytes} bytes.");
            }

            var count = await socket.ReceiveAsync(buffer.AsMemory(received), SocketFlags.None, cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                throw new MqttConnectionException("The server closed the connection.");
            }

            received += count;
        }
    }

    private (byte Kind, byte[] Body)? TryTake()
    {
        var bytes = IncomingPackets.TryTake(buffer.AsSpan(0, received), out var kind, out var body);
        if (bytes == 0)
        {
            return null;
        }

        var packet = (kind, body.ToArray());
        received -= bytes;
        Buffer.BlockCopy(buffer, bytes, buffer, 0, received);
        return packet;
    }
}
