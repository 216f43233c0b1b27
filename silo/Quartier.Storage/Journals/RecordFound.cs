namespace Quartier.Storage.Journals;

/// <summary>Receives an intact record: its position in the journal and its payload.</summary>
internal delegate void RecordFound(long position, ReadOnlySpan<byte> payload);
