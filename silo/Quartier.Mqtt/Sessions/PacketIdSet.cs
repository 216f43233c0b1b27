namespace Quartier.Mqtt.Sessions;

/// <summary>The QoS 2 packet identifiers between PUBLISH and PUBREL: at most 8 KB, and nothing for clients that never use QoS 2.</summary>
internal sealed class PacketIdSet
{
    private ulong[]? _bits;

    /// <summary>False when it is already there.</summary>
    public bool Add(ushort packetId)
    {
        _bits ??= new ulong[(ushort.MaxValue + 1) / 64];
        var bit = 1UL << (packetId & 63);
        ref var word = ref _bits[packetId >> 6];
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    /// <summary>False when it was not there.</summary>
    public bool Remove(ushort packetId)
    {
        if (_bits is null)
        {
            return false;
        }

        var bit = 1UL << (packetId & 63);
        ref var word = ref _bits[packetId >> 6];
        var known = (word & bit) != 0;
        word &= ~bit;
        return known;
    }
}
