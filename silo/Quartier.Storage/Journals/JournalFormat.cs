using System.Buffers.Binary;
using Quartier.Storage.Blocks;

namespace Quartier.Storage.Journals;

/// <summary>
/// The journal's outer structure. A segment is a header and frames; a frame is what one write brought: a header and records;
/// a record is a checksum, a length and a payload. A position is a byte count over the whole journal's life and never repeats.
/// </summary>
internal static class JournalFormat
{
    /// <summary>Folder of the segments.</summary>
    public const string Folder = "journal";

    /// <summary>Bytes of a segment's header: magic, version, sequence, position of the first frame, checksum, zeros.</summary>
    public const int SegmentHeaderBytes = 64;

    /// <summary>Bytes of a frame's header: magic, length of the records, position, position known to be durable, checksum.</summary>
    public const int FrameHeaderBytes = 28;

    /// <summary>Bytes before a record's payload: checksum and length.</summary>
    public const int RecordHeaderBytes = 6;

    /// <summary>Longest payload, from the two bytes of its length.</summary>
    public const int MostPayloadBytes = ushort.MaxValue;

    private const int Version = 1;

    private static ReadOnlySpan<byte> SegmentMagic => "QuartJnl"u8;

    /// <summary>A frame begins with these bytes; after damage the next frame is found by them.</summary>
    public static ReadOnlySpan<byte> FrameMagic => [0xF5, (byte)'Q', (byte)'J', 0xA7];

    /// <summary>Writes a segment's header.</summary>
    public static void WriteSegmentHeader(Span<byte> target, long sequence, long firstPosition)
    {
        target[..SegmentHeaderBytes].Clear();
        SegmentMagic.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(target[12..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[20..], firstPosition);
        BinaryPrimitives.WriteUInt32LittleEndian(target[28..], Checksum.Of(target[..28]));
    }

    /// <summary>Reads a segment's header; false when it is none.</summary>
    public static bool TryReadSegmentHeader(ReadOnlySpan<byte> source, out long firstPosition)
    {
        firstPosition = 0;
        if (source.Length < SegmentHeaderBytes || !source.StartsWith(SegmentMagic))
        {
            return false;
        }

        firstPosition = BinaryPrimitives.ReadInt64LittleEndian(source[20..]);
        return BinaryPrimitives.ReadInt32LittleEndian(source[8..]) == Version
            && BinaryPrimitives.ReadUInt32LittleEndian(source[28..]) == Checksum.Of(source[..28]);
    }

    /// <summary>Writes a frame's header over the first bytes of the frame.</summary>
    public static void WriteFrameHeader(Span<byte> frame, long position, long durable)
    {
        FrameMagic.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - FrameHeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], position);
        BinaryPrimitives.WriteInt64LittleEndian(frame[16..], durable);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[24..], Checksum.Of(frame[..24]));
    }

    /// <summary>Reads a frame's header; false when there is none, or the frame would not fit into what follows.</summary>
    public static bool TryReadFrameHeader(ReadOnlySpan<byte> source, out FrameHeader header)
    {
        header = default;
        if (source.Length < FrameHeaderBytes || !source.StartsWith(FrameMagic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[24..]) != Checksum.Of(source[..24]))
        {
            return false;
        }

        header = new FrameHeader(
            BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[16..]));
        return header.Length >= 0 && header.Length <= source.Length - FrameHeaderBytes;
    }

    /// <summary>The file name of a segment.</summary>
    public static string SegmentPath(long sequence) => $"{Folder}/{sequence:D16}.qj";
}
