using Quartier.Contracts.Readings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Records;

/// <summary>
/// Records that wait for somebody and end by themselves, in a database of their own below the data directory: what MQTT sessions hold. One thread
/// commits everything that waits in one transaction. What has ended is overwritten, not only forgotten, and the write-ahead log is emptied after it.
/// </summary>
public sealed class RecordBook : IDisposable
{
    /// <summary>The folder of all books.</summary>
    internal const string Folder = "records";

    /// <summary>Changes in one transaction: enough that the wait for the disk is shared, few enough that it ends within some 20 ms.</summary>
    private const int MostChanges = 4_096;

    /// <summary>How often what has ended is removed.</summary>
    private static readonly TimeSpan s_endPeriod = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly Lock _databaseGate = new();
    private readonly Queue<(IReadOnlyList<RecordChange> Changes, TaskCompletionSource Done)> _queue = new();
    private readonly Database _database;
    private readonly Thread _thread;
    private readonly ITimer _timer;
    private readonly Action<Exception> _notRemoved;
    private bool _closed;

    private RecordBook(Database database, TimeProvider time, Action<Exception> notRemoved)
    {
        _database = database;
        _notRemoved = notRemoved;
        _thread = new Thread(Work) { IsBackground = true, Name = "quartier-records" };
        _thread.Start();
        _timer = time.CreateTimer(
            state => ((RecordBook)state!).TryRemoveEnded(time.GetUtcNow().ToUnixTimeMilliseconds()), this, s_endPeriod, s_endPeriod);
    }

    /// <summary>Opens <c>records/NAME.db</c>; it is created when absent. The caller holds the data directory.</summary>
    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="name">The book's name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="notRemoved">Told, at most once a minute, when the disk refuses to remove what has ended; it is tried again.</param>
    /// <exception cref="StoreException">The file is newer than the program, damaged, or out of reach; the message says what to do.</exception>
    public static RecordBook Open(string dataDirectory, string name, TimeProvider time, Action<Exception> notRemoved)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(notRemoved);
        var path = PathOf(name);
        try
        {
            return new RecordBook(Connect(new LocalDatabaseFiles(Path.GetFullPath(dataDirectory)), path), time, notRemoved);
        }
        catch (DatabaseException failure)
        {
            throw new StoreException(
                $"{path} cannot be opened: {failure.Message}. It holds messages that wait for clients, and nothing else: move it away to begin without them.", failure);
        }
    }

    /// <summary>Every record that has not ended.</summary>
    public IReadOnlyList<KeptRecord> Read(long nowMs)
    {
        var found = new List<KeptRecord>();
        lock (_databaseGate)
        {
            using var rows = _database.Prepare("SELECT key, value FROM record WHERE ends_ms > ?").Bind(1, nowMs).Run();
            while (rows.Next())
            {
                found.Add(new KeptRecord(rows.Bytes(0).ToArray(), rows.Bytes(1).ToArray()));
            }
        }

        return found;
    }

    /// <summary>Makes all changes in their order; completes when they are on the disk. Calls take effect in their order.</summary>
    /// <exception cref="StoreException">The disk refused, or the book is closed: nothing was changed.</exception>
    public Task WriteAsync(IReadOnlyList<RecordChange> changes)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
            {
                return Task.FromException(new StoreException("The record book has been closed."));
            }

            _queue.Enqueue((changes, done));
            Monitor.Pulse(_gate);
        }

        return done.Task;
    }

    /// <summary>Removes what has ended, so that nothing of it is left in the file or its log.</summary>
    /// <returns>How many records.</returns>
    /// <exception cref="IOException">The disk refused; it is tried again every minute.</exception>
    public long RemoveEnded(long nowMs)
    {
        lock (_databaseGate)
        {
            _database.Prepare("DELETE FROM record WHERE ends_ms <= ?").Bind(1, nowMs).Execute();
            var removed = _database.Scalar("SELECT changes()");
            _ = _database.EmptyLog();
            return removed;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            Monitor.PulseAll(_gate);
        }

        _timer.Dispose();
        _thread.Join();
        lock (_databaseGate)
        {
            _database.Dispose();
        }
    }

    /// <summary>Where a book is, below the data directory.</summary>
    internal static string PathOf(string name) => $"{Folder}/{name}.db";

    /// <summary>Opens the database and brings it up to date.</summary>
    internal static Database Connect(IDatabaseFiles files, string path) => Migrations.Open(files, "records", path);

    /// <summary>The first key after all that begin so; null when there is none.</summary>
    internal static byte[]? After(ReadOnlySpan<byte> prefix)
    {
        for (var last = prefix.Length - 1; last >= 0; last--)
        {
            if (prefix[last] < byte.MaxValue)
            {
                var after = prefix[..(last + 1)].ToArray();
                after[last]++;
                return after;
            }
        }

        return null;
    }

    private void TryRemoveEnded(long nowMs)
    {
        try
        {
            RemoveEnded(nowMs);
        }
        catch (IOException refused)
        {
            // The next minute tries again, and the nightly examination reports what should be gone and is not.
            _notRemoved(refused);
        }
    }

    private void Work()
    {
        var batch = new List<(IReadOnlyList<RecordChange> Changes, TaskCompletionSource Done)>();
        while (Take(batch))
        {
            Commit(batch);
            batch.Clear();
        }
    }

    private bool Take(List<(IReadOnlyList<RecordChange> Changes, TaskCompletionSource Done)> batch)
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            var changes = 0;
            while (changes < MostChanges && _queue.TryDequeue(out var next))
            {
                batch.Add(next);
                changes += next.Changes.Count;
            }

            return batch.Count > 0;
        }
    }

    private void Commit(List<(IReadOnlyList<RecordChange> Changes, TaskCompletionSource Done)> batch)
    {
        try
        {
            lock (_databaseGate)
            {
                Apply(batch.SelectMany(b => b.Changes));
            }
        }
        catch (IOException failure)
        {
            var reason = new StoreException($"Records cannot be written, nothing was changed: {failure.Message} Free space on the disk and try again.", failure);
            batch.ForEach(b => b.Done.TrySetException(reason));
            return;
        }

        batch.ForEach(b => b.Done.TrySetResult());
    }

    private void Apply(IEnumerable<RecordChange> changes)
    {
        _database.Begin();
        try
        {
            foreach (var change in changes)
            {
                Apply(change);
            }

            _database.Commit();
        }
        catch (IOException)
        {
            _database.Rollback();
            throw;
        }
    }

    private void Apply(in RecordChange change)
    {
        var key = change.Key.Span;
        switch (change.Kind)
        {
            case RecordChangeKind.Keep:
                _database.Prepare("INSERT OR REPLACE INTO record (key, value, ends_ms) VALUES (?, ?, ?)")
                    .Bind(1, key).Bind(2, change.Value.Span).Bind(3, change.EndsMs).Execute();
                break;
            case RecordChangeKind.Remove:
                _database.Prepare("DELETE FROM record WHERE key = ?").Bind(1, key).Execute();
                break;
            default:
                var all = After(key);
                var sql = all is null ? "DELETE FROM record WHERE key >= ?" : "DELETE FROM record WHERE key >= ? AND key < ?";
                var delete = _database.Prepare(sql).Bind(1, key);
                (all is null ? delete : delete.Bind(2, all)).Execute();
                break;
        }
    }
}
