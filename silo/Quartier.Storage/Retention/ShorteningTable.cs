using Quartier.Storage.Databases;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>Which datastreams' readings are being moved to earlier partitions.</summary>
internal static class ShorteningTable
{
    /// <summary>Tells datastreams that a move was interrupted.</summary>
    public static void Load(Database database, DatastreamTable datastreams)
    {
        foreach (var (number, _) in Read(database))
        {
            if (datastreams.Find(number) is { } stream)
            {
                stream.IsMoving = true;
            }
        }
    }

    /// <summary>The moves that are under way.</summary>
    public static List<(int Number, int RawDays)> Read(Database database)
    {
        var found = new List<(int, int)>();
        using var rows = database.Prepare("SELECT number, raw_days FROM shortening").Run();
        while (rows.Next())
        {
            found.Add(((int)rows.Int64(0), (int)rows.Int64(1)));
        }

        return found;
    }

    /// <summary>Notes a move before it begins.</summary>
    public static void Add(Database database, int datastream, int rawDays) => database
        .Prepare("INSERT OR REPLACE INTO shortening (number, raw_days) VALUES (?, ?)").Bind(1, datastream).Bind(2, rawDays).Execute();

    /// <summary>Notes that a move is done.</summary>
    public static void Remove(Database database, int datastream) =>
        database.Prepare("DELETE FROM shortening WHERE number = ?").Bind(1, datastream).Execute();
}
