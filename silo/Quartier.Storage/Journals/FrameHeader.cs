namespace Quartier.Storage.Journals;

/// <summary>What a frame says about itself.</summary>
/// <param name="Position">Position of the frame's first byte.</param>
/// <param name="Length">Bytes of its records.</param>
/// <param name="Durable">Everything before this position was durable when the frame was written.</param>
internal readonly record struct FrameHeader(long Position, int Length, long Durable)
{
    /// <summary>Position after the frame.</summary>
    public long End => Position + JournalFormat.FrameHeaderBytes + Length;
}
