namespace Quartier.Gateway.Mqtt;

/// <summary>The protocol version that a client speaks; the value is the protocol level of its CONNECT packet.</summary>
public enum MqttVersion : byte
{
    /// <summary>MQTT 3.1.1: acknowledgements carry no reason.</summary>
    V311 = 4,

    /// <summary>MQTT 5: acknowledgements may carry a refusal.</summary>
    V5 = 5,
}
