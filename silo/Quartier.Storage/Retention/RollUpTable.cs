using Quartier.Storage.Databases;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>The roll-ups in a partition file, and the file's identity.</summary>
internal static class RollUpTable
{
    private const string Columns =
        "SELECT datastream, resolution, start_ms, end_ms, source_day, source_expiry, source_file, count, flagged, sum, min, max FROM rollup";

    /// <summary>The identity of the file.</summary>
    public static long Identity(Database database) => database.Scalar("SELECT file FROM identity");

    /// <summary>Gives the file the identity of the one that it replaces.</summary>
    public static void SetIdentity(Database database, long file) => database.Prepare("UPDATE identity SET file = ?").Bind(1, file).Execute();

    /// <summary>Inserts or replaces a row.</summary>
    public static void Put(Database database, in RollUpRow row) => database
        .Prepare(
            """
            INSERT OR REPLACE INTO rollup
              (datastream, resolution, start_ms, end_ms, source_day, source_expiry, source_file, count, flagged, sum, min, max)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .Bind(1, row.Datastream).Bind(2, (long)row.Resolution).Bind(3, row.StartMs).Bind(4, row.EndMs)
        .Bind(5, row.SourceDay).Bind(6, row.SourceExpiry).Bind(7, row.SourceFile)
        .Bind(8, row.Count).Bind(9, row.Flagged).Bind(10, row.Sum).Bind(11, row.Min).Bind(12, row.Max)
        .Execute();

    /// <summary>Removes a datastream's rows of a resolution whose readings are from before the UTC day.</summary>
    public static void RemoveBefore(Database database, int datastream, RollUpResolution resolution, int sourceDay) => database
        .Prepare("DELETE FROM rollup WHERE datastream = ? AND resolution = ? AND source_day < ?")
        .Bind(1, datastream).Bind(2, (long)resolution).Bind(3, sourceDay)
        .Execute();

    /// <summary>Removes the rows that sum the same UTC day of the same file in the same resolution.</summary>
    public static void RemoveLike(Database database, in RollUpRow row) => database
        .Prepare("DELETE FROM rollup WHERE datastream = ? AND resolution = ? AND source_day = ? AND source_file = ?")
        .Bind(1, row.Datastream).Bind(2, (long)row.Resolution).Bind(3, row.SourceDay).Bind(4, row.SourceFile)
        .Execute();

    /// <summary>A datastream's rows of a resolution whose readings are from the UTC days [firstDay, lastDay].</summary>
    public static List<RollUpRow> Read(Database database, int datastream, RollUpResolution resolution, int firstDay, int lastDay)
    {
        using var rows = database
            .Prepare(Columns + " WHERE datastream = ? AND resolution = ? AND source_day BETWEEN ? AND ?")
            .Bind(1, datastream).Bind(2, (long)resolution).Bind(3, firstDay).Bind(4, lastDay)
            .Run();
        return Take(rows);
    }

    /// <summary>All rows.</summary>
    public static List<RollUpRow> All(Database database)
    {
        using var rows = database.Prepare(Columns).Run();
        return Take(rows);
    }

    /// <summary>Of each datastream the number of rows, the first start and the last end.</summary>
    public static List<(int Datastream, long Rows, long FirstMs, long LastMs)> Summaries(Database database)
    {
        var found = new List<(int, long, long, long)>();
        using var rows = database.Prepare("SELECT datastream, count(*), min(start_ms), max(end_ms) FROM rollup GROUP BY datastream").Run();
        while (rows.Next())
        {
            found.Add(((int)rows.Int64(0), rows.Int64(1), rows.Int64(2), rows.Int64(3) - 1));
        }

        return found;
    }

    /// <summary>Of each datastream and resolution the first UTC day of readings that are summed.</summary>
    public static List<(int Datastream, RollUpResolution Resolution, int FirstDay)> FirstDays(Database database)
    {
        var found = new List<(int, RollUpResolution, int)>();
        using var rows = database.Prepare("SELECT datastream, resolution, min(source_day) FROM rollup GROUP BY datastream, resolution").Run();
        while (rows.Next())
        {
            found.Add(((int)rows.Int64(0), (RollUpResolution)rows.Int64(1), (int)rows.Int64(2)));
        }

        return found;
    }

    /// <summary>Tells datastreams the retentions of roll-ups found in the day's file: what city.db knew is lost.</summary>
    public static void Restore(List<RollUpRow> rows, int day, DatastreamTable datastreams)
    {
        foreach (var row in rows)
        {
            if (datastreams.Find(row.Datastream) is { } stream)
            {
                var days = day - row.SourceDay;
                stream.SetRollUps(row.Resolution == RollUpResolution.Hour
                    ? stream.RollUps.With(days, stream.RollUps.Days.LastOrDefault())
                    : stream.RollUps.With(stream.RollUps.Hours.LastOrDefault(), days));
            }
        }
    }

    private static List<RollUpRow> Take(in Rows rows)
    {
        var found = new List<RollUpRow>();
        while (rows.Next())
        {
            found.Add(new RollUpRow(
                (int)rows.Int64(0), (RollUpResolution)rows.Int64(1), rows.Int64(2), rows.Int64(3), (int)rows.Int64(4), (int)rows.Int64(5),
                rows.Int64(6), rows.Int64(7), rows.Int64(8), rows.Double(9), rows.Double(10), rows.Double(11)));
        }

        return found;
    }
}
