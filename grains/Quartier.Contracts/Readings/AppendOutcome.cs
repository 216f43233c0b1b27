namespace Quartier.Contracts.Readings;

/// <summary>What <see cref="IReadingStore.Append"/> did with one reading.</summary>
public enum AppendOutcome : byte
{
    /// <summary>New for its datastream and time: appended.</summary>
    Stored = 0,

    /// <summary>Already stored with the same value: nothing to do.</summary>
    Duplicate = 1,

    /// <summary>
    /// Already stored with another value. The greater value is kept and flagged <see cref="Quality.Contradicted"/>, so that the
    /// order of arrival does not matter. Counts as a duplicate in the books.
    /// </summary>
    Contradicted = 2,

    /// <summary>
    /// Not appended: the history around its time is not in memory. Call <see cref="IReadingStore.LoadAsync"/>, then append it again.
    /// </summary>
    NeedsHistory = 3,
}
