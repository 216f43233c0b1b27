using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SensorThings.Tests;

/// <summary>A client of MQTT 5, or 3.1.1, of so few lines that it can be seen to be right: it waits for what it expects, and answers nothing but messages.</summary>
internal sealed class MqttPeer : IDisposable
{
    private readonly TcpClient _socket = new();
    private readonly Queue<(string Topic, string Payload)> _received = new();
    private ushort _lastId;
    private bool _is311;

    private NetworkStream Stream => _socket.GetStream();

    /// <summary>No properties.</summary>
    private byte[] None => _is311 ? [] : [0];

    public static async Task<MqttPeer> ConnectAsync(
        IPEndPoint server, string? key = null, string? purpose = null, bool is311 = false, (string Topic, string Payload)? will = null)
    {
        var peer = new MqttPeer { _is311 = is311 };
        await peer._socket.ConnectAsync(server, StaCity.Token);
        var stated = Stated(purpose);
        byte[] properties = is311 ? [] : [(byte)stated.Length, .. stated];
        byte[] left = will is { } message ? [.. peer.None, .. Text(message.Topic), .. Text(message.Payload)] : [];
        byte[] credentials = key is null ? [] : [.. Text("somebody"), .. Text(key)];
        var flags = 0x02 | (key is null ? 0 : 0xC0) | (will is null ? 0 : 0x0C);
        await peer.SendAsync(0x10, [.. Text("MQTT"), (byte)(is311 ? 4 : 5), (byte)flags, 0, 0, .. properties, .. Text(""), .. left, .. credentials]);
        Assert.Equal(0, (await peer.AwaitAsync(0x20))[1]);
        return peer;
    }

    /// <summary>Begins or takes up a session of MQTT 5 that lasts for an hour.</summary>
    public static async Task<(MqttPeer Peer, bool WasThere)> ResumeAsync(IPEndPoint server, string clientId, string? key = null, string? purpose = null)
    {
        var peer = new MqttPeer();
        await peer._socket.ConnectAsync(server, StaCity.Token);
        byte[] properties = [0x11, 0, 0, 0x0E, 0x10, .. Stated(purpose)];
        byte[] credentials = key is null ? [] : [.. Text("somebody"), .. Text(key)];
        await peer.SendAsync(
            0x10, [.. Text("MQTT"), 5, (byte)(key is null ? 0 : 0xC0), 0, 0, (byte)properties.Length, .. properties, .. Text(clientId), .. credentials]);
        var answer = await peer.AwaitAsync(0x20);
        Assert.Equal(0, answer[1]);
        return (peer, answer[0] == 1);
    }

    /// <summary>The server's reason code.</summary>
    public async Task<byte> SubscribeAsync(string filter, byte qos = 0)
    {
        await SendAsync(0x82, [.. Id(), .. None, .. Text(filter), qos]);
        return (await AwaitAsync(0x90))[^1];
    }

    /// <summary>Returns when the server has answered.</summary>
    public async Task UnsubscribeAsync(string filter)
    {
        await SendAsync(0xA2, [.. Id(), .. None, .. Text(filter)]);
        await AwaitAsync(0xB0);
    }

    /// <summary>Publishes at quality of service 1; the server's reason code, of which 3.1.1 knows 0 alone.</summary>
    public async Task<byte> PublishAsync(string topic, string payload, bool retain = false)
    {
        await SendAsync((byte)(retain ? 0x33 : 0x32), [.. Text(topic), .. Id(), .. None, .. Encoding.UTF8.GetBytes(payload)]);
        var answer = await AwaitAsync(0x40);
        return answer.Length > 2 ? answer[2] : (byte)0;
    }

    /// <summary>Goes without saying so: a will is due.</summary>
    public void Vanish() => _socket.Close();

    /// <summary>The next message, as it came.</summary>
    public async Task<(string Topic, JsonNode Payload)> NextAsync()
    {
        while (_received.Count == 0)
        {
            await ReadAsync();
        }

        var (topic, payload) = _received.Dequeue();
        return (topic, JsonNode.Parse(payload)!);
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Stated(string? purpose) => purpose is null ? [] : [0x26, .. Text("purpose"), .. Text(purpose)];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    private byte[] Id() => [(byte)(++_lastId >> 8), (byte)_lastId];

    private async Task SendAsync(byte type, byte[] body)
    {
        var length = new List<byte>();
        for (var left = body.Length; length.Count == 0 || left > 0; left >>= 7)
        {
            length.Add((byte)((left & 0x7F) | (left > 0x7F ? 0x80 : 0)));
        }

        await Stream.WriteAsync((byte[])[type, .. length, .. body], StaCity.Token);
    }

    private async Task<byte[]> AwaitAsync(byte type)
    {
        while (true)
        {
            var (received, body) = await ReadAsync();
            if (received == type)
            {
                return body;
            }
        }
    }

    private async Task<(byte Type, byte[] Body)> ReadAsync()
    {
        var one = new byte[1];
        await Stream.ReadExactlyAsync(one, StaCity.Token);
        var type = (byte)(one[0] & 0xF0);
        var hasIdentifier = (one[0] & 6) != 0;
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            await Stream.ReadExactlyAsync(one, StaCity.Token);
            length |= (one[0] & 0x7F) << shift;
            if (one[0] < 0x80)
            {
                break;
            }
        }

        var body = new byte[length];
        await Stream.ReadExactlyAsync(body, StaCity.Token);
        if (type == 0x30)
        {
            // No properties longer than 127 bytes.
            var topic = BinaryPrimitives.ReadUInt16BigEndian(body);
            var rest = 2 + topic;
            if (hasIdentifier)
            {
                await SendAsync(0x40, body[rest..(rest + 2)]);
                rest += 2;
            }

            _received.Enqueue((Encoding.UTF8.GetString(body, 2, topic), Encoding.UTF8.GetString(body.AsSpan(_is311 ? rest : rest + 1 + body[rest]))));
        }

        return (type, body);
    }
}
