namespace Quartier.Gateway.Mqtt;

/// <summary>The variable byte integer of MQTT (3.1.1: 2.2.3; 5: 1.5.5).</summary>
internal static class VariableLength
{
    /// <summary>Writes 0 … 268,435,455.</summary>
    /// <returns>Bytes written, 1 … 4.</returns>
    public static int Write(Span<byte> target, int value)
    {
        var position = 0;
        do
        {
            var digit = (byte)(value & 0x7F);
            value >>= 7;
            target[position++] = value > 0 ? (byte)(digit | 0x80) : digit;
        }
        while (value > 0);
        return position;
    }

    /// <summary>Reads one integer.</summary>
    /// <param name="source">Starts with it.</param>
    /// <param name="value">The integer.</param>
    /// <returns>Bytes read; 0 when the source ends within it.</returns>
    /// <exception cref="MqttConnectionException">It is longer than four bytes.</exception>
    public static int Read(ReadOnlySpan<byte> source, out int value)
    {
        value = 0;
        for (var index = 0; index < source.Length; index++)
        {
            if (index == 4)
            {
                throw new MqttConnectionException("The server sent a length of more than four bytes.");
            }

            value |= (source[index] & 0x7F) << (7 * index);
            if ((source[index] & 0x80) == 0)
            {
                return index + 1;
            }
        }

        return 0;
    }
}
