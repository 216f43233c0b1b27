using System.Text;

namespace Mqtt.Tests.Wire;

/// <summary>An encoder for client packets that shares nothing with the server's code: it concatenates lists.</summary>
internal static class Bytes
{
    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty));

    /// <summary>Request problem information 0: refusals come with their code alone.</summary>
    public static byte[] CodesOnly => [0x17, 0];

    public static byte[] U16(int value) => [(byte)(value / 256), (byte)(value % 256)];

    public static byte[] U32(long value) => [.. U16((int)(value / 65536)), .. U16((int)(value % 65536))];

    public static byte[] Var(int value)
    {
        var bytes = new List<byte>();
        do
        {
            var digit = value % 128;
            value /= 128;
            bytes.Add((byte)(value > 0 ? digit + 128 : digit));
        }
        while (value > 0);
        return [.. bytes];
    }

    public static byte[] Text(string text) => Binary(Encoding.UTF8.GetBytes(text));

    public static byte[] Binary(byte[] bytes) => [.. U16(bytes.Length), .. bytes];

    public static byte[] Packet(int header, params byte[][] parts)
    {
        var body = parts.SelectMany(part => part).ToArray();
        return [(byte)header, .. Var(body.Length), .. body];
    }

    public static byte[] Properties(params byte[][] properties)
    {
        var block = properties.SelectMany(property => property).ToArray();
        return [.. Var(block.Length), .. block];
    }

    public static byte[] Connect311(string clientId, bool clean = true, int keepAlive = 60) =>
        Packet(0x10, Text("MQTT"), [4, (byte)(clean ? 2 : 0)], U16(keepAlive), Text(clientId));

    public static byte[] Connect5(string clientId, int keepAlive = 60, params byte[][] properties) =>
        Packet(0x10, Text("MQTT"), [5, 2], U16(keepAlive), Properties(properties), Text(clientId));

    /// <summary>A session that goes on, or begins, and outlives the connection.</summary>
    public static byte[] Resume5(string clientId, long expirySeconds = 3600, bool clean = false, params byte[][] properties) =>
        Packet(0x10, Text("MQTT"), [5, (byte)(clean ? 2 : 0)], U16(60), Properties([[0x11, .. U32(expirySeconds)], .. properties]), Text(clientId));

    public static byte[] Connect5WithWill(string clientId, string topic, string payload, int qos = 0, bool retain = false, params byte[][] willProperties) =>
        Packet(
            0x10,
            Text("MQTT"),
            [5, (byte)(2 | 4 | (qos << 3) | (retain ? 0x20 : 0))],
            U16(60),
            [0],
            Text(clientId),
            Properties(willProperties),
            Text(topic),
            Text(payload));

    public static byte[] Publish311(string topic, string payload, int qos = 0, int id = 0, bool retain = false, bool dup = false) =>
        Packet(0x30 | (dup ? 8 : 0) | (qos << 1) | (retain ? 1 : 0), Text(topic), qos > 0 ? U16(id) : [], Encoding.UTF8.GetBytes(payload));

    public static byte[] Publish5(string topic, string payload, int qos = 0, int id = 0, bool retain = false, params byte[][] properties) =>
        Packet(
            0x30 | (qos << 1) | (retain ? 1 : 0),
            Text(topic),
            qos > 0 ? U16(id) : [],
            Properties(properties),
            Encoding.UTF8.GetBytes(payload));

    /// <summary>The same PUBLISH with its duplicate flag set.</summary>
    public static byte[] Again(byte[] publish) => [(byte)(publish[0] | 8), .. publish[1..]];

    public static byte[] Subscribe311(int id, params (string Filter, int Qos)[] filters) =>
        Packet(0x82, [U16(id), .. filters.Select(filter => (byte[])[.. Text(filter.Filter), (byte)filter.Qos])]);

    public static byte[] Subscribe5(int id, params (string Filter, int Options)[] filters) =>
        Packet(0x82, [U16(id), [0], .. filters.Select(filter => (byte[])[.. Text(filter.Filter), (byte)filter.Options])]);

    public static byte[] Unsubscribe5(int id, params string[] filters) => Packet(0xA2, [U16(id), [0], .. filters.Select(Text)]);

    public static byte[] Unsubscribe311(int id, params string[] filters) => Packet(0xA2, [U16(id), .. filters.Select(Text)]);
}
