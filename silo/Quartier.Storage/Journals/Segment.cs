using Quartier.Storage.Disk;

namespace Quartier.Storage.Journals;

/// <summary>One journal file that holds something still needed.</summary>
internal sealed class Segment(long sequence, long start)
{
    /// <summary>Its place in the order of files.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>Position of its first frame.</summary>
    public long Start { get; } = start;

    /// <summary>Position after its last frame.</summary>
    public long End { get; set; } = start;

    /// <summary>Earliest expiry day of the readings in it.</summary>
    public int FirstExpiryDay { get; set; } = int.MaxValue;

    /// <summary>The file while frames are written to it.</summary>
    public IDiskFile? File { get; set; }

    /// <summary>Bytes used in the file.</summary>
    public long Offset { get; set; } = JournalFormat.SegmentHeaderBytes;

    /// <summary>Its path.</summary>
    public string Path => JournalFormat.SegmentPath(Sequence);
}
