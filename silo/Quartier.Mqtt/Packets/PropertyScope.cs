namespace Quartier.Mqtt.Packets;

/// <summary>The places where a client may send properties: each allows its own set (table 2-4).</summary>
[Flags]
internal enum PropertyScope : ushort
{
    None = 0,
    Connect = 1,
    Will = 2,
    Publish = 4,
    Acknowledgement = 8,
    Subscribe = 16,
    Unsubscribe = 32,
    Disconnect = 64,
    Auth = 128,
}
