using System.Net;
using System.Net.Sockets;

namespace Mqtt.Tests.Wire;

/// <summary>Sends and expects bytes.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65536];
    private int _start;
    private int _end;

    private RawClient(Socket socket)
    {
        _socket = socket;
        Address = socket.LocalEndPoint!;
    }

    /// <summary>By which the server knows the connection.</summary>
    public EndPoint Address { get; }

    /// <summary>Bytes that have arrived and were not read yet.</summary>
    public int Available => _socket.Available;

    public static async Task<RawClient> OpenAsync(int port, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes)
        {
            socket.ReceiveBufferSize = bytes;
        }

        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }

        return new RawClient(socket);
    }

    /// <summary>Whether the server ends a new connection at once. It may be so fast that connecting itself already hears of the reset.</summary>
    public static async Task<bool> IsTurnedAwayAsync(int port)
    {
        try
        {
            using var client = await OpenAsync(port);
            return await client.IsCutOffAsync();
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    public async Task SendAsync(params byte[][] packets)
    {
        ReadOnlyMemory<byte> rest = packets.SelectMany(packet => packet).ToArray();
        while (!rest.IsEmpty)
        {
            rest = rest[await _socket.SendAsync(rest)..];
        }
    }

    /// <summary>Fails unless exactly these bytes come next.</summary>
    public async Task ExpectAsync(byte[] expected)
    {
        var actual = new List<byte>();
        while (actual.Count < expected.Length && await FillAsync())
        {
            actual.Add(_buffer[_start++]);
        }

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString([.. actual]));
    }

    public Task ExpectAsync(string hex) => ExpectAsync(Bytes.Hex(hex));

    /// <summary>The next whole packet; null when the server has closed.</summary>
    public async Task<byte[]?> ReadPacketAsync()
    {
        var header = await ReadByteAsync();
        if (header < 0)
        {
            return null;
        }

        var packet = new List<byte> { (byte)header };
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var digit = await ReadByteAsync();
            packet.Add((byte)digit);
            length |= (digit & 0x7F) << shift;
            if (digit < 128)
            {
                break;
            }
        }

        for (var i = 0; i < length; i++)
        {
            packet.Add((byte)await ReadByteAsync());
        }

        return [.. packet];
    }

    /// <summary>Fails unless the server closes without another byte.</summary>
    public async Task ExpectClosedAsync()
    {
        var next = await ReadPacketAsync();
        Assert.True(next is null, next is null ? string.Empty : $"Expected the end, but got {Convert.ToHexString(next)}.");
    }

    /// <summary>Whether the server ended the connection without a byte, by closing or by resetting it.</summary>
    public async Task<bool> IsCutOffAsync()
    {
        try
        {
            return await ReadPacketAsync() is null;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Fails unless the server disconnects with the reason and closes.</summary>
    public async Task ExpectDisconnectAsync(byte reason)
    {
        var packet = await ReadPacketAsync();
        Assert.NotNull(packet);
        Assert.Equal(0xE0, packet[0]);
        Assert.Equal($"{reason:X2}", $"{packet[2]:X2}");
        await ExpectClosedAsync();
    }

    /// <summary>Proves that the server has nothing else to say: a PINGRESP is the next thing to come.</summary>
    public async Task ExpectNothingAsync()
    {
        await SendAsync(Bytes.Hex("C000"));
        await ExpectAsync("D000");
    }

    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReadByteAsync() => await FillAsync() ? _buffer[_start++] : -1;

    private async Task<bool> FillAsync()
    {
        if (_start < _end)
        {
            return true;
        }

        using var hung = new CancellationTokenSource(Hung);
        _start = 0;
        try
        {
            _end = await _socket.ReceiveAsync(_buffer.AsMemory(), hung.Token);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            _end = 0;
        }

        return _end > 0;
    }
}
