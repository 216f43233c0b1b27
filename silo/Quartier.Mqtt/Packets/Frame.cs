namespace Quartier.Mqtt.Packets;

/// <summary>One control packet: its first byte and what follows the remaining length. Valid until the read is given back.</summary>
/// <param name="Header">Packet type and flags.</param>
/// <param name="Body">Variable header and payload in one piece.</param>
internal readonly record struct Frame(byte Header, ReadOnlyMemory<byte> Body)
{
    /// <summary>Longest fixed header: the first byte and four bytes of remaining length.</summary>
    public const int MaxFixedHeaderBytes = 5;

    public PacketType Type => (PacketType)(Header >> 4);

    public int Flags => Header & 0x0F;
}
