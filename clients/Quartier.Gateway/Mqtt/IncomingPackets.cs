using System.Buffers.Binary;

namespace Quartier.Gateway.Mqtt;

/// <summary>Finds whole packets in what a server sent.</summary>
internal static class IncomingPackets
{
    /// <summary>CONNACK.</summary>
    public const byte ConnectAcknowledgement = 0x20;

    /// <summary>PUBACK.</summary>
    public const byte PublishAcknowledgement = 0x40;

    /// <summary>PINGRESP.</summary>
    public const byte PingResponse = 0xD0;

    /// <summary>DISCONNECT, in MQTT 5 also sent by servers.</summary>
    public const byte Disconnect = 0xE0;

    /// <summary>Takes the first packet.</summary>
    /// <param name="source">Received bytes.</param>
    /// <param name="kind">First byte of the packet without its flags.</param>
    /// <param name="body">What follows the fixed header.</param>
    /// <returns>Bytes of the whole packet; 0 when it is not complete.</returns>
    public static int TryTake(ReadOnlySpan<byte> source, out byte kind, out ReadOnlySpan<byte> body)
    {
        kind = 0;
        body = default;
        if (source.Length < 2)
        {
            return 0;
        }

        var lengthBytes = VariableLength.Read(source[1..], out var length);
        if (lengthBytes == 0 || source.Length < 1 + lengthBytes + length)
        {
            return 0;
        }

        kind = (byte)(source[0] & 0xF0);
        body = source.Slice(1 + lengthBytes, length);
        return 1 + lengthBytes + length;
    }

    /// <summary>Packet id and reason code of a PUBACK; the reason may be left out when it is 0.</summary>
    public static (ushort Id, byte Reason) ReadAcknowledgement(ReadOnlySpan<byte> body) => body.Length < 2
        ? throw new MqttConnectionException($"The server sent a PUBACK of {body.Length} bytes.")
        : (BinaryPrimitives.ReadUInt16BigEndian(body), body.Length > 2 ? body[2] : (byte)0);
}
