using System.Buffers;

namespace Mqtt.Tests.Codec;

/// <summary>A sequence of several segments, empty ones included, as a socket's buffer may be.</summary>
internal sealed class Segmented : ReadOnlySequenceSegment<byte>
{
    private Segmented(byte[] bytes, Segmented? previous)
    {
        Memory = bytes;
        if (previous is not null)
        {
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }

    public static ReadOnlySequence<byte> Of(params byte[][] parts)
    {
        var first = new Segmented(parts[0], previous: null);
        var last = first;
        foreach (var part in parts.Skip(1))
        {
            last = new Segmented(part, last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
