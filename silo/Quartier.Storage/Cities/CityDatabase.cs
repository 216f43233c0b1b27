using Quartier.Contracts.Readings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Cities;

/// <summary>
/// city.db: one writer that commits everything waiting in one transaction, and one connection for readers. Work that must not be
/// written checks before it writes and returns what it found: there is no partial undo.
/// </summary>
internal sealed class CityDatabase : IDisposable
{
    /// <summary>Path of the file.</summary>
    public const string FileName = "city.db";

    /// <summary>Operations in one transaction: enough that 100,000 small states need few syncs, few enough that one ends within 50 ms.</summary>
    private const int MostOperations = 4_096;

    private readonly object _gate = new();
    private readonly Lock _readGate = new();
    private readonly Lock _writeGate = new();
    private readonly Queue<CityOperation> _queue = new();
    private readonly bool _inline;
    private readonly Database _writer;
    private readonly Database _reader;
    private readonly Thread? _thread;
    private volatile bool _closed;

    private CityDatabase(Database writer, Database reader, bool inline)
    {
        (_writer, _reader, _inline) = (writer, reader, inline);
        if (!inline)
        {
            _thread = new Thread(Work) { IsBackground = true, Name = "quartier-city" };
            _thread.Start();
        }
    }

    /// <summary>Whether the file was created, or had to be created anew.</summary>
    public bool IsNew { get; private init; }

    /// <summary>Opens city.db; a damaged one is moved aside and a new one begun.</summary>
    /// <exception cref="StoreException">The file is newer than the program.</exception>
    public static CityDatabase Open(IDatabaseFiles files, SetAsideList setAside, bool inline)
    {
        var isNew = !files.List(string.Empty).Contains(FileName, StringComparer.Ordinal);
        Database writer;
        try
        {
            writer = Connect(files);
            Examine(writer);
        }
        catch (DatabaseException damage) when (damage.IsDamage)
        {
            setAside.Add($"{files.SetAside(FileName)}: {damage.Message}. Registry, alerts and grain state begin anew; restore it from a backup if you have one.");
            writer = Connect(files);
            isNew = true;
        }

        return new CityDatabase(writer, Connect(files), inline) { IsNew = isNew };
    }

    /// <summary>Does the work in the next transaction; completes when it is durable.</summary>
    /// <exception cref="StoreException">The disk refused or the store was closed; nothing was changed.</exception>
    public Task<T> WriteAsync<T>(Func<Database, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = default(T)!;
        var operation = new CityOperation(database => result = work(database), () => done.TrySetResult(result), reason => done.TrySetException(reason));
        if (_inline)
        {
            Commit([operation]);
            return done.Task;
        }

        lock (_gate)
        {
            if (_closed)
            {
                return Task.FromException<T>(Closed());
            }

            _queue.Enqueue(operation);
            Monitor.Pulse(_gate);
        }

        return done.Task;
    }

    /// <summary>Does the work at once on the calling thread, in a transaction of its own, durable on return. For the sealer.</summary>
    /// <exception cref="IOException">The disk refused; nothing was changed.</exception>
    public void Write(Action<Database> work)
    {
        lock (_writeGate)
        {
            _writer.Begin();
            try
            {
                work(_writer);
                _writer.Commit();
            }
            catch
            {
                _writer.Rollback();
                throw;
            }
        }
    }

    /// <summary>Reads what is committed.</summary>
    /// <exception cref="StoreException">The store was closed.</exception>
    public T Read<T>(Func<Database, T> query)
    {
        lock (_readGate)
        {
            return _closed ? throw Closed() : query(_reader);
        }
    }

    /// <summary>Brings what the write-ahead log holds into the file and empties the log; false when a reader keeps it.</summary>
    public bool EmptyLog()
    {
        lock (_writeGate)
        {
            return _writer.EmptyLog();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();

        // Whoever still reads or writes ends first, and nobody begins: SQLite must not lose a connection under a statement.
        lock (_readGate)
        {
            _reader.Dispose();
        }

        lock (_writeGate)
        {
            _writer.Dispose();
        }
    }

    private static StoreException Closed() => new("The store has been closed.");

    private static Database Connect(IDatabaseFiles files) => Migrations.Open(files, "city", FileName);

    // Every page is read once: what the city's file holds exists nowhere else, so damage is to be known at the start.
    private static void Examine(Database database)
    {
        try
        {
            using var rows = database.Prepare("PRAGMA quick_check(1)").Run();
            if (rows.Next() && rows.Text(0) is var finding && !string.Equals(finding, "ok", StringComparison.Ordinal))
            {
                throw new DatabaseException(DatabaseException.Corrupt, finding);
            }
        }
        catch (DatabaseException)
        {
            database.Dispose();
            throw;
        }
    }

    private void Work()
    {
        var batch = new List<CityOperation>();
        while (Take(batch))
        {
            Commit(batch);
            batch.Clear();
        }
    }

    private bool Take(List<CityOperation> batch)
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            while (batch.Count < MostOperations && _queue.TryDequeue(out var operation))
            {
                batch.Add(operation);
            }

            return batch.Count > 0;
        }
    }

    private void Commit(IReadOnlyList<CityOperation> batch)
    {
        try
        {
            Write(database =>
            {
                foreach (var operation in batch)
                {
                    operation.Run(database);
                }
            });
        }
        catch (IOException failure)
        {
            var reason = new StoreException($"city.db cannot be written, nothing was changed: {failure.Message} Free space on the disk and try again.", failure);
            foreach (var operation in batch)
            {
                operation.Fail(reason);
            }

            return;
        }

        foreach (var operation in batch)
        {
            operation.Complete();
        }
    }
}
