using System.Buffers;

namespace Quartier.Mqtt.Packets;

/// <summary>Cuts a read of the socket into packets, in place; only packets that straddle two segments are copied.</summary>
internal ref struct FrameReader
{
    private readonly int _maxPacketBytes;
    private readonly bool _fewestLengthBytes;
    private readonly ScratchBuffers _scratch;
    private ReadOnlySequence<byte> _buffer;
    private ReadOnlyMemory<byte> _segment;
    private int _offset;

    /// <param name="buffer">What has been read and not yet been consumed.</param>
    /// <param name="maxPacketBytes">Longest packet accepted, fixed header included.</param>
    /// <param name="version">
    /// MQTT 5 demands the fewest bytes for the remaining length [MQTT-1.5.5-1]; 3.1.1 does not, and small devices pad it.
    /// </param>
    /// <param name="scratch">Takes the copies.</param>
    public FrameReader(in ReadOnlySequence<byte> buffer, int maxPacketBytes, ProtocolVersion version, ScratchBuffers scratch)
    {
        _maxPacketBytes = maxPacketBytes;
        _fewestLengthBytes = version == ProtocolVersion.V5;
        _scratch = scratch;
        _buffer = buffer;
        _segment = buffer.First;
    }

    /// <summary>What has not been handed out yet.</summary>
    public readonly ReadOnlySequence<byte> Rest => _buffer.Slice(_offset);

    /// <summary>The next whole packet; false when more bytes are needed.</summary>
    /// <exception cref="MqttProtocolException">The remaining length is malformed, or the packet too large.</exception>
    public bool TryRead(out Frame frame)
    {
        var span = _segment.Span[_offset..];
        if (TryReadHeader(span, out var headerBytes, out var remaining) && span.Length - headerBytes >= remaining)
        {
            frame = new Frame(span[0], _segment.Slice(_offset + headerBytes, remaining));
            _offset += headerBytes + remaining;
            return true;
        }

        return TryReadAcrossSegments(out frame);
    }

    private bool TryReadAcrossSegments(out Frame frame)
    {
        frame = default;
        _buffer = _buffer.Slice(_offset);
        _offset = 0;
        _segment = _buffer.First;
        Span<byte> start = stackalloc byte[Frame.MaxFixedHeaderBytes];
        var known = (int)Math.Min(start.Length, _buffer.Length);
        _buffer.Slice(0, known).CopyTo(start);
        if (!TryReadHeader(start[..known], out var headerBytes, out var remaining) || _buffer.Length - headerBytes < remaining)
        {
            return false;
        }

        var body = _buffer.Slice(headerBytes, remaining);
        frame = new Frame(start[0], body.IsSingleSegment ? body.First : _scratch.Copy(body));
        _buffer = _buffer.Slice(headerBytes + remaining);
        _segment = _buffer.First;
        return true;
    }

    private readonly bool TryReadHeader(ReadOnlySpan<byte> bytes, out int headerBytes, out int remaining)
    {
        remaining = 0;
        for (headerBytes = 1; headerBytes < bytes.Length; headerBytes++)
        {
            var current = bytes[headerBytes];
            remaining |= (current & 0x7F) << (7 * (headerBytes - 1));
            if ((current & 0x80) == 0)
            {
                CheckLength(current, ++headerBytes, remaining);
                return true;
            }

            if (headerBytes == Frame.MaxFixedHeaderBytes - 1)
            {
                throw MqttProtocolException.Malformed("The remaining length has more than four bytes.");
            }
        }

        return false;
    }

    private readonly void CheckLength(byte last, int headerBytes, int remaining)
    {
        if (last == 0 && headerBytes > 2 && _fewestLengthBytes)
        {
            throw MqttProtocolException.Malformed("The remaining length is longer than its value needs.");
        }

        if (headerBytes + remaining > _maxPacketBytes)
        {
            throw new MqttProtocolException(
                ReasonCode.PacketTooLarge, $"The packet has {headerBytes + remaining} bytes, but at most {_maxPacketBytes} are accepted.");
        }
    }
}
