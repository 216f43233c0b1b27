using Quartier.Storage.Blocks;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Partitions;

/// <summary>One open partition: a connection for the sealer and one for readers, so that neither waits for the other.</summary>
internal sealed class PartitionFile(IDatabaseFiles files, string path) : IDisposable
{
    private const string Columns = "SELECT id, first_ms, last_ms, count, flagged, sum, min, max, last, data FROM block";

    private readonly Lock _readGate = new();
    private readonly Lock _writeGate = new();

    // SQLite does not wait, as it does elsewhere, for a connection that turns a new file into one with a write-ahead log: the second one would fail as locked.
    private readonly Lock _connectGate = new();
    private Database? _reader;
    private Database? _writer;

    /// <summary>Blocks of the datastream that may hold readings in [fromMs, toMs), verified.</summary>
    public List<Block> Read(int datastream, long fromMs, long toMs)
    {
        lock (_readGate)
        {
            return Select(_reader ??= Connect(), datastream, fromMs, toMs);
        }
    }

    /// <summary>Runs the work in one transaction, durable on return, or not at all.</summary>
    public void Write(Action<PartitionTransaction> work)
    {
        lock (_writeGate)
        {
            var writer = _writer ??= Connect();
            writer.Begin();
            try
            {
                work(new PartitionTransaction(writer));
                writer.Commit();
            }
            catch
            {
                writer.Rollback();
                throw;
            }
        }
    }

    /// <summary>Whether the seal batch is in the file.</summary>
    public bool HasBatch(long batch)
    {
        lock (_readGate)
        {
            using var row = (_reader ??= Connect()).Prepare("SELECT 1 FROM seal_batch WHERE id = ?").Bind(1, batch).Run();
            return row.Next();
        }
    }

    /// <summary>Reads what is committed.</summary>
    public T Query<T>(Func<Database, T> query)
    {
        lock (_readGate)
        {
            return query(_reader ??= Connect());
        }
    }

    /// <summary>Brings what the write-ahead log holds into the file and empties the log; false when a reader keeps it.</summary>
    public bool EmptyLog()
    {
        lock (_writeGate)
        {
            return (_writer ??= Connect()).EmptyLog();
        }
    }

    /// <summary>Number of blocks and readings.</summary>
    public (long Blocks, long Readings) Count()
    {
        lock (_readGate)
        {
            using var row = (_reader ??= Connect()).Prepare("SELECT count(*), coalesce(sum(count), 0) FROM block").Run();
            return row.Next() ? (row.Int64(0), row.Int64(1)) : default;
        }
    }

    /// <summary>Calls back with every intact block, and returns how many rows are damaged.</summary>
    public int Salvage(Action<Block> intact)
    {
        lock (_readGate)
        {
            var damaged = 0;
            using var rows = (_reader ??= Connect()).Prepare(Columns + " ORDER BY id").Run();
            while (rows.Next())
            {
                var block = ToBlock(rows);
                if (BlockCodec.IsIntact(block))
                {
                    intact(block);
                }
                else
                {
                    damaged++;
                }
            }

            return damaged;
        }
    }

    /// <summary>Of each datastream the block that ends last.</summary>
    public List<Block> LastBlocks()
    {
        lock (_readGate)
        {
            var last = new Dictionary<int, Block>();
            using var rows = (_reader ??= Connect()).Prepare(Columns).Run();
            while (rows.Next())
            {
                var block = ToBlock(rows);
                if (BlockCodec.IsIntact(block) && (!last.TryGetValue(block.Datastream, out var known) || known.LastMs < block.LastMs))
                {
                    last[block.Datastream] = block;
                }
            }

            return [.. last.Values];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_readGate)
        {
            lock (_writeGate)
            {
                _reader?.Dispose();
                _writer?.Dispose();
                (_reader, _writer) = (null, null);
            }
        }
    }

    internal static List<Block> Select(Database database, int datastream, long fromMs, long toMs)
    {
        var blocks = new List<Block>();
        using var rows = database
            .Prepare(Columns + " WHERE id >= ? AND id < ? AND last_ms >= ? AND first_ms < ?")
            .Bind(1, Block.MakeId(datastream, 0)).Bind(2, Block.MakeId(datastream + 1, 0)).Bind(3, fromMs).Bind(4, toMs)
            .Run();
        while (rows.Next())
        {
            var block = ToBlock(rows);
            BlockCodec.Verify(block);
            blocks.Add(block);
        }

        return blocks;
    }

    private static Block ToBlock(in Rows row) => new(
        row.Int64(0), row.Int64(1), row.Int64(2), (int)row.Int64(3), (int)row.Int64(4),
        row.Double(5), row.Double(6), row.Double(7), row.Double(8), row.Bytes(9).ToArray());

    private Database Connect()
    {
        lock (_connectGate)
        {
            return Migrations.Open(files, "partition", path);
        }
    }
}
