namespace Quartier.Mqtt.Packets;

/// <summary>One property as read from the wire. Which of the values is set follows from the <see cref="Id"/>.</summary>
public readonly ref struct MqttProperty
{
    internal MqttProperty(PropertyId id, uint number)
    {
        Id = id;
        Number = number;
    }

    internal MqttProperty(PropertyId id, ReadOnlySpan<byte> data, ReadOnlySpan<byte> value = default)
    {
        Id = id;
        Data = data;
        Value = value;
    }

    /// <summary>Which property.</summary>
    public PropertyId Id { get; }

    /// <summary>The number of a numeric property, else 0.</summary>
    public uint Number { get; }

    /// <summary>The UTF-8 text or the bytes; the name of a user property.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The value of a user property (UTF-8).</summary>
    public ReadOnlySpan<byte> Value { get; }
}
