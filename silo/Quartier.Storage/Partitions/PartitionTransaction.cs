using Quartier.Storage.Annotations;
using Quartier.Storage.Blocks;
using Quartier.Storage.Databases;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Partitions;

/// <summary>What a seal batch may do to a partition.</summary>
internal readonly struct PartitionTransaction(Database database)
{
    /// <summary>All blocks of the datastream, verified.</summary>
    public List<Block> Blocks(int datastream) => PartitionFile.Select(database, datastream, long.MinValue, long.MaxValue);

    /// <summary>Inserts or replaces a block.</summary>
    public void Put(Block block) => database
        .Prepare("INSERT OR REPLACE INTO block (id, first_ms, last_ms, count, flagged, sum, min, max, last, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .Bind(1, block.Id).Bind(2, block.FirstMs).Bind(3, block.LastMs).Bind(4, block.Count).Bind(5, block.Flagged)
        .Bind(6, block.Sum).Bind(7, block.Min).Bind(8, block.Max).Bind(9, block.Last).Bind(10, block.Data)
        .Execute();

    /// <summary>Removes a block.</summary>
    public void Remove(Block block) => database.Prepare("DELETE FROM block WHERE id = ?").Bind(1, block.Id).Execute();

    /// <summary>Merges annotations of a datastream with what is there.</summary>
    public void Annotate(int datastream, ReadOnlySpan<AnnotationRow> rows)
    {
        foreach (var row in rows)
        {
            AnnotationTable.Annotations.Merge(database, datastream, row);
        }
    }

    /// <summary>Merges corrections of a datastream with what is there.</summary>
    public void Correct(int datastream, ReadOnlySpan<AnnotationRow> rows)
    {
        foreach (var row in rows)
        {
            AnnotationTable.Corrections.Merge(database, datastream, row);
        }
    }

    /// <summary>Removes a datastream's annotations and corrections of readings before the time.</summary>
    public void RemoveAnnotations(int datastream, long beforeMs)
    {
        AnnotationTable.Annotations.RemoveBefore(database, datastream, beforeMs);
        AnnotationTable.Corrections.RemoveBefore(database, datastream, beforeMs);
    }

    /// <summary>Inserts or replaces a roll-up.</summary>
    public void Put(RollUpRow row) => RollUpTable.Put(database, row);

    /// <summary>Removes a datastream's roll-ups of a resolution whose readings are from before the UTC day.</summary>
    public void RemoveRollUps(int datastream, RollUpResolution resolution, int beforeDay) =>
        RollUpTable.RemoveBefore(database, datastream, resolution, beforeDay);

    /// <summary>Removes the roll-ups that sum the same UTC day of the same file in the same resolution as the row.</summary>
    public void RemoveRollUps(RollUpRow like) => RollUpTable.RemoveLike(database, like);

    /// <summary>Gives the file the identity of the one that it replaces, when it is known.</summary>
    public void Identify(long? file)
    {
        if (file is { } known)
        {
            RollUpTable.SetIdentity(database, known);
        }
    }

    /// <summary>Notes that the seal batch is in the file.</summary>
    public void NoteBatch(long batch) => database.Prepare("INSERT INTO seal_batch (id) VALUES (?)").Bind(1, batch).Execute();

    /// <summary>Forgets batches that the journal no longer mentions.</summary>
    public void ForgetBatchesBefore(long batch) => database.Prepare("DELETE FROM seal_batch WHERE id < ?").Bind(1, batch).Execute();
}
