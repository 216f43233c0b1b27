using System.Buffers.Binary;
using System.Text;

namespace Quartier.Gateway.Mqtt;

/// <summary>Encodes CONNECT and reads CONNACK (MQTT 3.1.1 and 5, sections 3.1 and 3.2).</summary>
internal static class ConnectPacket
{
    private const byte CleanStart = 0x02;
    private const byte HasUserName = 0x80;
    private const byte HasPassword = 0x40;
    private const byte ReceiveMaximum = 0x21;

    /// <summary>The whole CONNECT packet.</summary>
    public static byte[] Write(MqttPublisherOptions options)
    {
        var client = Encoding.UTF8.GetBytes(options.ClientId);
        var properties = options.Version == MqttVersion.V5 ? 1 : 0;
        var user = options.Credential.UserName is { } name ? Encoding.UTF8.GetBytes(name) : null;
        var password = options.Credential.Password;
        var remaining = 10 + properties + 2 + client.Length + (2 + user?.Length ?? 0) + (2 + password?.Length ?? 0);
        var packet = new byte[5 + remaining];
        packet[0] = 0x10;
        var position = 1 + VariableLength.Write(packet.AsSpan(1), remaining);
        "\0\u0004MQTT"u8.CopyTo(packet.AsSpan(position));
        position += 6;
        packet[position++] = (byte)options.Version;
        packet[position++] = (byte)(CleanStart | (user is null ? 0 : HasUserName) | (password is null ? 0 : HasPassword));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(position), checked((ushort)options.KeepAliveSeconds));
        position += 2 + properties;
        position += Field(packet.AsSpan(position), client);
        position += user is null ? 0 : Field(packet.AsSpan(position), user);
        position += password is { } secret ? Field(packet.AsSpan(position), secret.Span) : 0;
        return packet[..position];
    }

    /// <summary>Writes bytes behind their length; how much that was.</summary>
    private static int Field(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, checked((ushort)bytes.Length));
        bytes.CopyTo(target[2..]);
        return 2 + bytes.Length;
    }

    /// <summary>Reads the body of a CONNACK.</summary>
    /// <param name="body">What follows the fixed header.</param>
    /// <param name="options">For the texts of errors.</param>
    /// <returns>How many messages the server takes at once.</returns>
    /// <exception cref="MqttConnectionException">The server refuses the client, or the packet is too short.</exception>
    public static int ReadWindow(ReadOnlySpan<byte> body, MqttPublisherOptions options)
    {
        if (body.Length < 2)
        {
            throw new MqttConnectionException($"The server at {options.Host}:{options.Port} sent a CONNACK of {body.Length} bytes.");
        }

        if (body[1] != 0)
        {
            throw new MqttConnectionException(
                $"The server at {options.Host}:{options.Port} refuses the gateway '{options.ClientId}' with code 0x{body[1]:X2}: "
                + "register the gateway with 'quartier city apply', and give its credential with --credentials and --tls where the silo asks for one.",
                isFinal: true);
        }

        return options.Version == MqttVersion.V5 && body.Length > 2 ? FindReceiveMaximum(body[2..]) : MqttPublisherOptions.LargestWindow;
    }

    private static int FindReceiveMaximum(ReadOnlySpan<byte> properties)
    {
        var position = VariableLength.Read(properties, out var length);
        var end = Math.Min(properties.Length, position + length);
        while (position < end)
        {
            var id = properties[position++];
            if (id == ReceiveMaximum && position + 2 <= end)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(properties[position..]);
            }

            position += PropertyBytes(id, properties[position..end]);
        }

        return MqttPublisherOptions.LargestWindow;
    }

    /// <summary>Bytes of a CONNACK property's value (MQTT 5, table 2-4).</summary>
    private static int PropertyBytes(byte id, ReadOnlySpan<byte> value) => id switch
    {
        0x24 or 0x25 or 0x28 or 0x29 or 0x2A => 1,
        0x13 or 0x21 or 0x22 => 2,
        0x11 or 0x27 => 4,
        0x26 => TextBytes(value, texts: 2),
        0x12 or 0x15 or 0x16 or 0x1A or 0x1C or 0x1F => TextBytes(value, texts: 1),
        _ => throw new MqttConnectionException($"The server's CONNACK has an unknown property 0x{id:X2}."),
    };

    private static int TextBytes(ReadOnlySpan<byte> value, int texts)
    {
        var position = 0;
        for (var text = 0; text < texts && position + 2 <= value.Length; text++)
        {
            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(value[position..]);
        }

        return Math.Max(position, 2);
    }
}
