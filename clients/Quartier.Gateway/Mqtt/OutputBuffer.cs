namespace Quartier.Gateway.Mqtt;

/// <summary>Encoded packets that wait for the next write. It keeps its memory from write to write.</summary>
internal sealed class OutputBuffer
{
    private byte[] bytes = [];

    /// <summary>Bytes that wait.</summary>
    public int Length { get; private set; }

    /// <summary>Messages that wait.</summary>
    public int Messages { get; private set; }

    /// <summary>What waits.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>Appends one encoded packet.</summary>
    public void Append(ReadOnlySpan<byte> packet) => packet.CopyTo(Reserve(packet.Length));

    /// <summary>Appends one packet of which the exact length is known only afterwards.</summary>
    /// <param name="most">Upper bound of its length.</param>
    /// <returns>Where to write it; <see cref="Trim"/> must follow.</returns>
    public Span<byte> Reserve(int most)
    {
        if (bytes.Length < Length + most)
        {
            Array.Resize(ref bytes, Math.Max(Length + most, bytes.Length * 2));
        }

        var span = bytes.AsSpan(Length, most);
        Length += most;
        Messages++;
        return span;
    }

    /// <summary>Takes back the part of the last reservation that was not used.</summary>
    public void Trim(int unused) => Length -= unused;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Length = 0;
        Messages = 0;
    }
}
