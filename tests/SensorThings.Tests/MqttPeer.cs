using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SensorThings.Tests;

/// <summary>A client of MQTT 5 of so few lines that it can be seen to be right: it waits for what it expects, and answers nothing.</summary>
internal sealed class MqttPeer : IDisposable
{
    private readonly TcpClient _socket = new();
    private readonly Queue<(string Topic, string Payload)> _received = new();
    private ushort _lastId;

    private NetworkStream Stream => _socket.GetStream();

    public static async Task<MqttPeer> ConnectAsync(IPEndPoint server, string? key = null, string? purpose = null)
    {
        var peer = new MqttPeer();
        await peer._socket.ConnectAsync(server, StaCity.Token);
        byte[] properties = purpose is null ? [] : [0x26, .. Text("purpose"), .. Text(purpose)];
        byte[] credentials = key is null ? [] : [.. Text("somebody"), .. Text(key)];
        await peer.SendAsync(0x10, [.. Text("MQTT"), 5, (byte)(key is null ? 0x02 : 0xC2), 0, 0, (byte)properties.Length, .. properties, .. Text(""), .. credentials]);
        Assert.Equal(0, (await peer.AwaitAsync(0x20))[1]);
        return peer;
    }

    /// <summary>The server's reason code.</summary>
    public async Task<byte> SubscribeAsync(string filter)
    {
        await SendAsync(0x82, [.. Id(), 0, .. Text(filter), 0]);
        return (await AwaitAsync(0x90))[^1];
    }

    /// <summary>Publishes at quality of service 1; the server's reason code.</summary>
    public async Task<byte> PublishAsync(string topic, string payload, bool retain = false)
    {
        await SendAsync((byte)(retain ? 0x33 : 0x32), [.. Text(topic), .. Id(), 0, .. Encoding.UTF8.GetBytes(payload)]);
        var answer = await AwaitAsync(0x40);
        return answer.Length > 2 ? answer[2] : (byte)0;
    }

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
            // Quality of service 0, and no properties longer than 127 bytes.
            var topic = BinaryPrimitives.ReadUInt16BigEndian(body);
            _received.Enqueue((Encoding.UTF8.GetString(body, 2, topic), Encoding.UTF8.GetString(body.AsSpan(3 + topic + body[2 + topic]))));
        }

        return (type, body);
    }
}
