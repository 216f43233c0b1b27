using System.Buffers;

namespace Quartier.Mqtt.Packets;

/// <summary>Rented copies of the few packets that straddle two segments of the socket's buffer; given back after the read.</summary>
internal sealed class ScratchBuffers
{
    private readonly List<byte[]> _rented = [];

    public ReadOnlyMemory<byte> Copy(in ReadOnlySequence<byte> bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        _rented.Add(buffer);
        bytes.CopyTo(buffer);
        return buffer.AsMemory(0, (int)bytes.Length);
    }

    public void ReturnAll()
    {
        foreach (var buffer in _rented)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _rented.Clear();
    }
}
