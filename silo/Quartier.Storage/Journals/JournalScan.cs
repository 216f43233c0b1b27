using System.Globalization;
using Quartier.Storage.Blocks;
using Quartier.Storage.Disk;

namespace Quartier.Storage.Journals;

/// <summary>Reads journal files as a crash or a failing disk left them: whatever is intact is found, wherever it stands.</summary>
internal static class JournalScan
{
    /// <summary>Reads a file as a whole.</summary>
    public static byte[] ReadAll(IDisk disk, string path)
    {
        using var file = disk.Open(path);
        var bytes = new byte[file.Length];
        var read = file.Read(0, bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Finds the frames of a file.</summary>
    public static ScannedSegment Scan(string name, byte[] bytes)
    {
        var sequence = long.TryParse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
        var hasHeader = JournalFormat.TryReadSegmentHeader(bytes, out var start);
        var frames = Frames(bytes);
        if (frames.Count > 0)
        {
            start = hasHeader ? start : frames[0].Header.Position;
            var segment = new Segment(sequence, start) { End = frames.Max(f => f.Header.End) };
            var scanned = new ScannedSegment(name, segment, frames);
            if (!hasHeader)
            {
                scanned.Damage.Add("its header is damaged");
            }

            return scanned;
        }

        // The header and the first frame share a sector and a sync: without them nothing in the file was ever acknowledged.
        var isBlank = !bytes.AsSpan(0, Math.Min(bytes.Length, JournalFormat.SegmentHeaderBytes)).ContainsAnyExcept((byte)0);
        var empty = new ScannedSegment(name, new Segment(sequence, start), frames) { IsUnused = hasHeader || isBlank };
        if (!empty.IsUnused)
        {
            empty.Damage.Add("nothing in it can be read");
        }

        return empty;
    }

    /// <summary>Calls back with each intact record's position and payload; returns how many bytes of the frame are lost.</summary>
    public static int Records(ReadOnlySpan<byte> bytes, ScannedFrame frame, RecordFound found)
    {
        var body = bytes.Slice(frame.Offset + JournalFormat.FrameHeaderBytes, frame.Header.Length);
        var position = frame.Header.Position + JournalFormat.FrameHeaderBytes;
        var lost = 0;
        while (!body.IsEmpty)
        {
            var length = body.Length < JournalFormat.RecordHeaderBytes
                ? body.Length
                : JournalFormat.RecordHeaderBytes + BitConverter.ToUInt16(body[sizeof(uint)..]);
            if (length <= JournalFormat.RecordHeaderBytes || length > body.Length)
            {
                return lost + body.Length;
            }

            if (BitConverter.ToUInt32(body) == Checksum.Of(body[sizeof(uint)..length]))
            {
                found(position, body[JournalFormat.RecordHeaderBytes..length]);
            }
            else
            {
                lost += length;
            }

            position += length;
            body = body[length..];
        }

        return lost;
    }

    /// <summary>Ranges of positions that no frame covers, from the first frame on.</summary>
    public static List<(long From, long To)> Holes(IEnumerable<ScannedFrame> frames)
    {
        var holes = new List<(long, long)>();
        var covered = long.MaxValue;
        foreach (var header in frames.Select(f => f.Header).OrderBy(h => h.Position))
        {
            if (header.Position > covered)
            {
                holes.Add((covered, header.Position));
            }

            covered = covered == long.MaxValue ? header.End : Math.Max(covered, header.End);
        }

        return holes;
    }

    private static List<ScannedFrame> Frames(byte[] bytes)
    {
        var frames = new List<ScannedFrame>();
        var offset = Math.Min(JournalFormat.SegmentHeaderBytes, bytes.Length);
        while (offset < bytes.Length)
        {
            if (JournalFormat.TryReadFrameHeader(bytes.AsSpan(offset), out var header))
            {
                frames.Add(new ScannedFrame(header, offset));
                offset += JournalFormat.FrameHeaderBytes + header.Length;
                continue;
            }

            var next = bytes.AsSpan(offset + 1).IndexOf(JournalFormat.FrameMagic);
            if (next < 0)
            {
                break;
            }

            offset += 1 + next;
        }

        return frames;
    }
}
