using Quartier.Storage.Blocks;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Annotations;

/// <summary>The annotations, or the corrections, in a partition file. The bytes of a row end with a checksum over all of it.</summary>
/// <param name="name">Name of the table.</param>
/// <param name="value">Its column that decides between two rows of one time.</param>
internal sealed class AnnotationTable(string name, string value)
{
    private readonly string _columns = $"SELECT datastream, time_ms, {value}, data FROM {name}";

    /// <summary>What Observations hold beside readings.</summary>
    public static AnnotationTable Annotations { get; } = new("annotation", "value");

    /// <summary>What holds of readings that were corrected.</summary>
    public static AnnotationTable Corrections { get; } = new("correction", "revision");

    /// <summary>What its rows are called.</summary>
    public string Name => $"{name}s";

    /// <summary>Merges a row with what is there.</summary>
    public void Merge(Database database, int datastream, in AnnotationRow row)
    {
        var known = Read(database, datastream, row.TimeMs, row.TimeMs + 1);
        Put(database, datastream, known.Count == 0 ? row : AnnotationCodec.Merge(known[0], row));
    }

    /// <summary>Inserts or replaces a row.</summary>
    public void Put(Database database, int datastream, in AnnotationRow row)
    {
        byte[] data = [.. row.Data, .. BitConverter.GetBytes(ChecksumOf(datastream, row))];
        database.Prepare($"INSERT OR REPLACE INTO {name} (datastream, time_ms, {value}, data) VALUES (?, ?, ?, ?)")
            .Bind(1, datastream).Bind(2, row.TimeMs).Bind(3, row.Value).Bind(4, data)
            .Execute();
    }

    /// <summary>A datastream's rows in [fromMs, toMs), in order of time.</summary>
    /// <exception cref="InvalidDataException">A row is damaged.</exception>
    public List<AnnotationRow> Read(Database database, int datastream, long fromMs, long toMs)
    {
        var found = new List<AnnotationRow>();
        using var rows = database.Prepare(_columns + " WHERE datastream = ? AND time_ms >= ? AND time_ms < ? ORDER BY time_ms")
            .Bind(1, datastream).Bind(2, fromMs).Bind(3, toMs).Run();
        while (rows.Next())
        {
            found.Add(TryTake(rows, out _, out var row) ? row : throw new InvalidDataException($"The {name} of {rows.Int64(1)} of datastream {datastream} is damaged."));
        }

        return found;
    }

    /// <summary>Calls back with every intact row, and returns how many are damaged.</summary>
    public int Salvage(Database database, Action<int, AnnotationRow> intact)
    {
        var damaged = 0;
        using var rows = database.Prepare(_columns).Run();
        while (rows.Next())
        {
            if (TryTake(rows, out var datastream, out var row))
            {
                intact(datastream, row);
            }
            else
            {
                damaged++;
            }
        }

        return damaged;
    }

    /// <summary>Removes a datastream's rows before the time.</summary>
    public void RemoveBefore(Database database, int datastream, long beforeMs) =>
        database.Prepare($"DELETE FROM {name} WHERE datastream = ? AND time_ms < ?").Bind(1, datastream).Bind(2, beforeMs).Execute();

    /// <summary>Of each datastream that has rows the number of them, the first and the last time.</summary>
    public List<(int Datastream, long Rows, long FirstMs, long LastMs)> Summaries(Database database)
    {
        var found = new List<(int, long, long, long)>();
        using var rows = database.Prepare($"SELECT datastream, count(*), min(time_ms), max(time_ms) FROM {name} GROUP BY datastream").Run();
        while (rows.Next())
        {
            found.Add(((int)rows.Int64(0), rows.Int64(1), rows.Int64(2), rows.Int64(3)));
        }

        return found;
    }

    /// <summary>How many rows a datastream has before the time; one number.</summary>
    public List<long> Count(Database database, int datastream, long beforeMs)
    {
        using var rows = database.Prepare($"SELECT count(*) FROM {name} WHERE datastream = ? AND time_ms < ?").Bind(1, datastream).Bind(2, beforeMs).Run();
        return rows.Next() ? [rows.Int64(0)] : [];
    }

    private static bool TryTake(in Rows rows, out int datastream, out AnnotationRow row)
    {
        datastream = (int)rows.Int64(0);
        var data = rows.Bytes(3);
        var length = data.Length - sizeof(uint);
        row = new(rows.Int64(1), rows.Double(2), data[..Math.Max(length, 0)].ToArray());
        return length >= AnnotationCodec.LeastBytes && BitConverter.ToUInt32(data[length..]) == ChecksumOf(datastream, row);
    }

    private static uint ChecksumOf(int datastream, in AnnotationRow row)
    {
        Span<byte> head = stackalloc byte[3 * sizeof(long)];
        _ = BitConverter.TryWriteBytes(head, (long)datastream);
        _ = BitConverter.TryWriteBytes(head[sizeof(long)..], row.TimeMs);
        _ = BitConverter.TryWriteBytes(head[(2 * sizeof(long))..], row.Value);
        return ~Checksum.Add(Checksum.Add(uint.MaxValue, head), row.Data);
    }
}
