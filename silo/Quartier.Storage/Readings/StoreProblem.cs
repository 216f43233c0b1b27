using Quartier.Storage.Disk;
using Quartier.Storage.Journals;

namespace Quartier.Storage.Readings;

/// <summary>What keeps a store from storing, in words.</summary>
internal static class StoreProblem
{
    /// <summary>The problem with its remedy; null when there is none.</summary>
    public static string? Of(Journal journal, Sealer sealer)
    {
        if (journal.Failure is { } failure)
        {
            return $"Readings cannot be stored and are not acknowledged: {Describe(failure)} Nothing is lost; it continues by itself.";
        }

        if (sealer.Failure is { } sealing)
        {
            return $"Readings are stored in the journal, but cannot be moved to their partitions: {Describe(sealing)} The journal grows meanwhile.";
        }

        return sealer.IsOverwhelmed
            ? $"{sealer.UnsealedReadings} readings wait to be sealed: acknowledgements are slowed down to what the disk can do. A faster disk would help."
            : null;
    }

    private static string Describe(IOException failure) =>
        failure is Databases.DatabaseException { IsFull: true } || DiskFull.Is(failure)
            ? $"the disk is full ({failure.Message}). Free space in the data directory's file system."
            : $"{failure.Message} Check the disk and the permissions of the data directory.";
}
