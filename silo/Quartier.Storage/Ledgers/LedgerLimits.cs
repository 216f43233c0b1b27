namespace Quartier.Storage.Ledgers;

/// <summary>The bounds of the ledger.</summary>
internal static class LedgerLimits
{
    /// <summary>Bytes of a segment after which the next one begins: some 250,000 entries, quickly copied and looked through.</summary>
    public const long SegmentBytes = 64L << 20;

    /// <summary>Bytes written in one piece, give or take one line. A crash tears no more than the last piece.</summary>
    public const int PieceBytes = 1 << 20;

    /// <summary>Entries after which a checkpoint is signed.</summary>
    public const int CheckpointEntries = 1_000;

    /// <summary>Appends that wait for the disk: far more than callers who await each other's turn can have under way.</summary>
    public const int WaitingAppends = 10_000;

    /// <summary>Different notes held until they are written: at most a second's worth.</summary>
    public const int NotesHeld = 10_000;

    /// <summary>
    /// Different denials among them, after which a principal's further denials become one note: what is denied is in the callers' own words, and their
    /// inventions must not use up the room for other people's reads.
    /// </summary>
    public const int DenialsHeld = 2_000;

    /// <summary>Signatures that are checked at the start, newest first; all roots are. An export's verification checks all signatures.</summary>
    public const int SignaturesAtStart = 5_000;

    /// <summary>Entries that one call of a reader looks at before it answers what it has.</summary>
    public const int EntriesSeen = 20_000;

    /// <summary>Entries of a page.</summary>
    public const int PageEntries = 1_000;

    /// <summary>Rows of a day's summary; reads of further streams are counted together.</summary>
    public const int SummaryRows = 10_000;

    /// <summary>Days whose summaries are held.</summary>
    public const int SummaryDays = 62;

    /// <summary>Persons whose pseudonyms are held in memory.</summary>
    public const int PseudonymsHeld = 10_000;

    /// <summary>With new entries, a checkpoint is signed this often.</summary>
    public static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(60);

    /// <summary>How long like notes are gathered.</summary>
    public static readonly TimeSpan NoteInterval = TimeSpan.FromSeconds(1);

    /// <summary>Notes carry the time of their first event, so an entry may be this much older than the one before it, after a disk that refused.</summary>
    public static readonly TimeSpan OutOfOrder = TimeSpan.FromHours(1);
}
