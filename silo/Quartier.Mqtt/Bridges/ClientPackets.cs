using System.Text;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Bridges;

/// <summary>Encodes what a client of MQTT 3.1.1 sends, and reads the answers to it.</summary>
internal static class ClientPackets
{
    private const byte ProtocolLevel = 4;
    private const byte SubscribeHeader = ((byte)PacketType.Subscribe << 4) | 2;
    private const byte UserNameFlag = 0x80;
    private const byte PasswordFlag = 0x40;

    public static ReadOnlyMemory<byte> PingReq { get; } = new byte[] { (byte)PacketType.PingReq << 4, 0 };

    public static ReadOnlyMemory<byte> Disconnect { get; } = new byte[] { (byte)PacketType.Disconnect << 4, 0 };

    /// <summary>CONNECT without clean session: what was subscribed to is kept for us while we are away (section 3.1.2.4).</summary>
    public static byte[] Connect(BrokerSession session)
    {
        var flags = (session.UserName is null ? 0 : UserNameFlag) | (session.Password.IsEmpty ? 0 : PasswordFlag);
        var texts = Text(session.ClientId).Concat(session.UserName is { } user ? Text(user) : []).Concat(
            session.Password.IsEmpty ? [] : Binary(session.Password.ToArray()));
        var keepAlive = (ushort)session.KeepAlive.TotalSeconds;
        return Packet(
            (byte)PacketType.Connect << 4,
            [.. Text("MQTT"), ProtocolLevel, (byte)flags, (byte)(keepAlive >> 8), (byte)keepAlive, .. texts]);
    }

    public static byte[] Subscribe(ushort packetId, IReadOnlyList<string> filters) => Packet(
        SubscribeHeader,
        [(byte)(packetId >> 8), (byte)packetId, .. filters.SelectMany(f => (IEnumerable<byte>)[.. Text(f), (byte)QualityOfService.AtLeastOnce])]);

    /// <summary>CONNACK, section 3.2: whether the broker had kept the session.</summary>
    /// <exception cref="BrokerException">It refuses.</exception>
    public static bool ReadConnAck(in Frame frame)
    {
        var body = frame.Body.Span;
        if (frame.Type != PacketType.ConnAck || body.Length != 2)
        {
            throw new BrokerException($"The broker answered CONNECT with {frame.Type} of {body.Length} bytes; does it speak MQTT 3.1.1?");
        }

        return body[1] switch
        {
            0 => (body[0] & 1) != 0,
            1 => throw new BrokerException("The broker does not speak MQTT 3.1.1."),
            2 => throw new BrokerException("The broker refuses the client identifier; choose another 'clientId'."),
            3 => throw new BrokerException("The broker says that it is not available at present."),
            4 => throw new BrokerException("The broker refuses user name or password."),
            5 => throw new BrokerException("The broker does not permit this client; ask for its user name, password or certificate."),
            var code => throw new BrokerException($"The broker refuses with the return code {code}."),
        };
    }

    /// <summary>SUBACK, section 3.9.</summary>
    /// <exception cref="BrokerException">It refuses a filter, or grants less than quality of service 1.</exception>
    public static void CheckSubAck(in Frame frame, IReadOnlyList<string> filters)
    {
        var codes = frame.Body.Span[Math.Min(2, frame.Body.Length)..];
        if (codes.Length != filters.Count)
        {
            throw new BrokerException($"The broker answered SUBSCRIBE for {filters.Count} filters with {codes.Length} codes.");
        }

        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] != (byte)QualityOfService.AtLeastOnce)
            {
                throw new BrokerException(codes[i] == 0
                    ? $"The broker grants '{filters[i]}' at quality of service 0 only: messages would get lost while this side is away."
                    : $"The broker refuses the subscription to '{filters[i]}'.");
            }
        }
    }

    private static byte[] Packet(byte header, byte[] body)
    {
        var length = SpanWriter.VariableByteIntegerBytes((uint)body.Length);
        var packet = new byte[1 + length + body.Length];
        var writer = new SpanWriter(packet);
        writer.WriteByte(header);
        writer.WriteVariableByteInteger((uint)body.Length);
        writer.WriteRaw(body);
        return packet;
    }

    private static byte[] Text(string text) => Binary(Encoding.UTF8.GetBytes(text));

    private static byte[] Binary(byte[] data) => [(byte)(data.Length >> 8), (byte)data.Length, .. data];
}
