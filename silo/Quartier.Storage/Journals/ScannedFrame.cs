namespace Quartier.Storage.Journals;

/// <summary>A frame found in a file.</summary>
internal readonly record struct ScannedFrame(FrameHeader Header, int Offset);
