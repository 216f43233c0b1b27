using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SensorThings.Tests;

/// <summary>A client of MQTT 5, or 3.1.1, of so few lines that it can be seen to be right: it waits for what it expects, and answers nothing.</summary>
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
        byte[] stated = purpose is null ? [] : [0x26, .. Text("purpose"), .. Text(purpose)];
        byte[] properties = is311 ? [] : [(byte)stated.Length, .. stated];
        byte[] left = will is { } message ? [.. peer.None, .. Text(message.Topic), .. Text(message.Payload)] : [];
        byte[] credentials = key is null ? [] : [.. Text("somebody"), .. Text(key)];
        var flags = 0x02 | (key is null ? 0 : 0xC0) | (will is null ? 0 : 0x0C);
        await peer.SendAsync(0x10, [.. Text("MQTT"), (byte)(is311 ? 4 : 5), (byte)flags, 0, 0, .. properties, .. Text(""), .. left, .. credentials]);
        Assert.Equal(0, (await peer.AwaitAsync(0x20))[1]);
        return peer;
    }

    /// <summary>The server's reason code.</summary>
    public async Task<byte> SubscribeAsync(string filter)
    {
        await SendAsync(0x82, [.. Id(), .. None, .. Text(filter), 0]);
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
            _received.Enqueue((Encoding.UTF8.GetString(body, 2, topic), Encoding.UTF8.GetString(body.AsSpan(_is311 ? 2 + topic : 3 + topic + body[2 + topic]))));
        }

        return (type, body);
    }
}
