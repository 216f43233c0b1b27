using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Quartier.Benchmarks.Mqtt;

/// <summary>One thread, blocking sockets: writes a burst on every connection, then reads all acknowledgements, again and again.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private const int AcknowledgementBytes = 4;

    private readonly Socket[] _sockets;
    private readonly byte[][] _bursts;
    private readonly byte[] _acknowledgements;
    private readonly int _perWrite;

    public LoadGenerator(int port, int connections, int perWrite)
    {
        _perWrite = perWrite;
        _acknowledgements = new byte[AcknowledgementBytes * perWrite];
        _sockets = new Socket[connections];
        _bursts = new byte[connections][];
        for (var i = 0; i < connections; i++)
        {
            _sockets[i] = Connect(port, i);
            _bursts[i] = Burst(i, perWrite);
        }
    }

    public long Acknowledged { get; private set; }

    public double CpuSeconds { get; private set; }

    /// <summary>Loads until the token is cancelled; to be run on a thread of its own.</summary>
    public void Run(CancellationToken until)
    {
        var begin = ThreadCpu.Seconds();
        while (!until.IsCancellationRequested)
        {
            for (var i = 0; i < _sockets.Length; i++)
            {
                _sockets[i].Send(_bursts[i]);
            }

            foreach (var socket in _sockets)
            {
                ReadAcknowledgements(socket);
            }

            Acknowledged += (long)_sockets.Length * _perWrite;
        }

        CpuSeconds = ThreadCpu.Seconds() - begin;
    }

    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    /// <summary>Opens a connection and waits for CONNACK.</summary>
    internal static Socket Connect(int port, int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        byte[] id = [.. $"gateway-{number:D7}".Select(letter => (byte)letter)];
        socket.Send([0x10, (byte)(12 + id.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, (byte)id.Length, .. id]);
        Span<byte> connAck = stackalloc byte[AcknowledgementBytes];
        var received = 0;
        while (received < AcknowledgementBytes)
        {
            received += socket.Receive(connAck[received..]);
        }

        return connAck[3] == 0 ? socket : throw new InvalidOperationException($"CONNECT refused: {connAck[3]}.");
    }

    private static byte[] Burst(int connection, int perWrite)
    {
        var burst = new List<byte>();
        for (var i = 0; i < perWrite; i++)
        {
            byte[] topic = [.. $"v1/muenster/gateway-{connection:D5}/sensor-{i:D3}".Select(letter => (byte)letter)];
            byte[] payload = [.. "{\"t\":1751328000000,\"total\":42,\"in\":20,\"out\":22}"u8];
            byte[] id = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(id, (ushort)(i + 1));
            burst.AddRange([0x32, (byte)(4 + topic.Length + payload.Length), 0, (byte)topic.Length, .. topic, .. id, .. payload]);
        }

        return [.. burst];
    }

    private void ReadAcknowledgements(Socket socket)
    {
        var received = 0;
        while (received < _acknowledgements.Length)
        {
            var more = socket.Receive(_acknowledgements.AsSpan(received));
            received += more > 0 ? more : throw new InvalidOperationException("The server closed the connection.");
        }

        if (_acknowledgements[0] != 0x40 || _acknowledgements[^1] != (byte)_perWrite)
        {
            throw new InvalidOperationException("The acknowledgements are not the ones expected.");
        }
    }
}
