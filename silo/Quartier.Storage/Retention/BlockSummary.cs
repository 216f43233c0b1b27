using Quartier.Storage.Databases;

namespace Quartier.Storage.Retention;

/// <summary>What a partition file holds of one datastream.</summary>
internal readonly record struct BlockSummary(int Datastream, long Readings, long FirstMs, long LastMs)
{
    /// <summary>Of each datastream in the file, in the order of numbers.</summary>
    public static List<BlockSummary> Read(Database database)
    {
        var found = new List<BlockSummary>();
        using var rows = database.Prepare(
            "SELECT id >> 20, sum(count), min(first_ms), max(last_ms) FROM block GROUP BY id >> 20 ORDER BY 1").Run();
        while (rows.Next())
        {
            found.Add(new BlockSummary((int)rows.Int64(0), rows.Int64(1), rows.Int64(2), rows.Int64(3)));
        }

        return found;
    }
}
