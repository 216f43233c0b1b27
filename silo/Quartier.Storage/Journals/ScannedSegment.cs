namespace Quartier.Storage.Journals;

/// <summary>What a journal file was found to hold.</summary>
internal sealed record ScannedSegment(string Name, Segment Segment, List<ScannedFrame> Frames)
{
    /// <summary>The file was never synced: it holds nothing that was acknowledged.</summary>
    public bool IsUnused { get; init; }

    /// <summary>What is damaged in it, for the operator.</summary>
    public List<string> Damage { get; } = [];
}
