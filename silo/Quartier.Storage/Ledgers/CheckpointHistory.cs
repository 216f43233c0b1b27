using System.Security.Cryptography;
using Quartier.Domain.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>Reads the checkpoints of earlier runs and examines them.</summary>
internal static class CheckpointHistory
{
    /// <summary>The checkpoints in the file's order, into the list. Says what is wrong with them, or null.</summary>
    public static string? Read(CheckpointFile file, string origin, ECDsa key, bool isOutside, List<SignedRoot> into)
    {
        var newest = new Queue<string>();
        var where = isOutside ? "outside the data directory" : "in the data directory";
        long number = 0;
        SignedRoot? last = null;
        foreach (var note in file.Read())
        {
            number++;
            var end = note.IndexOf("\n\n", StringComparison.Ordinal);
            if (end < 0 || !Checkpoint.TryParse(note[..(end + 1)], out var checkpoint))
            {
                return $"checkpoint {number} {where} was changed: it is not the text of a checkpoint";
            }

            if (last is not null && checkpoint.Size <= last.Checkpoint.Size)
            {
                return $"checkpoint {number} {where} is out of order: {checkpoint.Size} entries after {last.Checkpoint.Size}";
            }

            into.Add(last = new SignedRoot(checkpoint, isOutside));
            newest.Enqueue(note);
            if (newest.Count > LedgerLimits.SignaturesAtStart)
            {
                newest.Dequeue();
            }
        }

        number -= newest.Count;
        foreach (var note in newest)
        {
            number++;
            if (SignedNote.Examine(note, origin, key, out _) is { } problem)
            {
                return $"checkpoint {number} {where} was changed: {problem}";
            }
        }

        return null;
    }
}
